import type { EXPLAIN_ERRORS } from '../explain-errors.ts'
import type { MONITORING_ERRORS } from '../monitoring-errors.ts'
import type { RERUN_ERRORS } from '../rerun-errors.ts'
import type { SECOND_ERRORS } from '../second-errors.ts'
import type { SERIES_ERRORS } from '../series-errors.ts'
import type { SIGNATURE_ERRORS } from '../signature-errors.ts'
import type { SIMILAR_ERRORS } from '../similar-errors.ts'
import type { WHAT_IF_ERRORS } from '../what-if-errors.ts'
import type { Said } from './said.ts'

const COLLEAGUE = 'Überlassen Sie ihn einer anderen Person.'

export const second: Record<keyof typeof SECOND_ERRORS, Said> = {
  'second-marked': [
    'Für diesen Fall ist schon ein Zweitbefund vorgesehen.',
    'Es ist nichts mehr zu tun; die Vormerkung bleibt.',
  ],
  'second-not-markable': [
    'Für einen Fall im Status {state} kann kein Zweitbefund vorgesehen werden.',
    'Warten Sie auf die Auswertung, oder versuchen Sie sie erneut, wo sie fehlschlug.',
  ],
  'second-not-open': [
    'Dieser Fall wartet nicht auf einen Zweitbefund.',
    'Sehen Sie seinen Stand an: Er ist nicht vorgemerkt, der Erstbefund ist nicht signiert, oder er wurde zweimal befundet.',
  ],
  'second-same-reader': ['Sie haben diesen Fall signiert: Den Zweitbefund gibt eine andere Person.', COLLEAGUE],
  'second-reader-saw': [
    'Sie hatten diesen Fall mit der Beurteilung eines anderen auf dem Bildschirm, bevor er vorgemerkt wurde.',
    'Überlassen Sie ihn jemandem, der jene Beurteilung nicht gesehen hat.',
  ],
  'second-first': [
    'Dieser Fall wartet auf seinen Zweitbefund; was der Erstbefund sagt, bleibt Ihnen bis dahin verborgen.',
    'Geben Sie den Zweitbefund ab.',
  ],
  'second-disputed': [
    'Zwei Befunde zu diesem Fall weichen ab: Nur ein Drittbefund ändert ihn.',
    'Lassen Sie eine dritte Person entscheiden.',
  ],
  'adjudication-not-open': [
    'Dieser Fall wartet nicht auf einen Drittbefund.',
    'Sehen Sie seinen Stand an; ist er signiert, ist eine Berichtigung möglich.',
  ],
  'adjudicator-involved': ['Sie haben diesen Fall befundet: Den Drittbefund gibt eine dritte Person.', COLLEAGUE],
  'adjudicator-not-named': [
    'Die Abteilung lässt nur bestimmte Befunder Drittbefunde geben, und Sie gehören nicht dazu.',
    'Überlassen Sie es einem von ihnen; die Administration benennt sie unter Verwaltung › Einstellungen.',
  ],
}

export const signature: Record<keyof typeof SIGNATURE_ERRORS, Said> = {
  'case-signed': [
    'Dieser Fall ist signiert und nimmt keine einfache Beurteilung mehr an.',
    'Berichtigen Sie ihn, mit Begründung.',
  ],
  'case-not-signable': [
    'Ein Fall im Status {state} kann nicht signiert werden.',
    'Speichern Sie erst eine Beurteilung; ein signierter Fall wird durch eine Berichtigung geändert.',
  ],
  'case-not-signed': [
    'Ein Fall im Status {state} kann nicht berichtigt werden: Er ist nicht signiert.',
    'Speichern Sie eine Beurteilung; bis zur Signatur ist sie ein Entwurf.',
  ],
  'verdict-not-yours': [
    'Die gültige Beurteilung dieses Falls ist die von {reader}; nur wer sie gab, signiert sie.',
    'Speichern Sie eine eigene Beurteilung, die sie ersetzt, und signieren Sie jene.',
  ],
  'verdict-outdated': [
    'Inzwischen gilt zu diesem Fall eine andere Beurteilung oder Antwort; nichts wurde signiert.',
    'Sehen Sie an, was zum Fall gilt, speichern Sie Ihre Beurteilung dazu, und signieren Sie jene.',
  ],
  'not-judged': [
    'Das Modell beurteilt dieses Bild nicht: Es gibt keine Antwort, der man zustimmen oder widersprechen könnte.',
    'Geben Sie einen eigenen Befund ab, oder sagen Sie, dass es unklar ist.',
  ],
  'answer-given': [
    'Inzwischen gibt das Modell zu diesem Fall eine Antwort.',
    'Sehen Sie sie an, und stimmen Sie zu oder widersprechen Sie.',
  ],
  'impression-needed': [
    'Halten Sie erst Ihren Ersteindruck zu diesem Fall fest; die Antwort erscheint danach.',
    'Öffnen Sie den Fall, und sagen Sie, was es Ihrer Meinung nach ist oder dass es unklar ist.',
  ],
  'impression-late': [
    'Die Antwort zu diesem Fall ist Ihnen nicht verborgen: Ein Ersteindruck käme nicht vor ihr.',
    'Fahren Sie mit Ihrer Beurteilung fort.',
  ],
}

export const rerun: Record<keyof typeof RERUN_ERRORS, Said> = {
  'case-not-rerunnable': [
    'Ein Fall im Status {state} kann nicht wiederholt werden.',
    'Nur ein Fall mit Antwort kann wiederholt werden; nach der Signatur nur genau wie zuvor.',
  ],
  'case-model-active': [
    'Die gültige Antwort ist schon die des aktiven Modells ({model}).',
    'Wiederholen Sie genau so, um sie zu prüfen, oder aktivieren Sie erst ein anderes Modell.',
  ],
}

export const series: Record<keyof typeof SERIES_ERRORS, Said> = {
  'series-not-judged': [
    'Das Modell beurteilt diese Serie nicht: Keine ihrer {slices} Schichten liegt in dem, was es kennt ({reason}).',
    'Befunden Sie die Serie selbst; ihre Schichten lassen sich blättern.',
  ],
  'case-is-slice': [
    'Dieses Bild wird als Schicht seiner Serie gelesen.',
    'Öffnen Sie die Serie, und beurteilen Sie sie dort.',
  ],
}

export const explain: Record<keyof typeof EXPLAIN_ERRORS, Said> = {
  'explain-no-heat': [
    'Nach dem Verfahren {method} spricht in diesem Bild nichts für „{label}“: Der höchste Wert ist {highest}.',
    'Verlangen Sie die Heatmap der genannten Klasse oder ein anderes Verfahren.',
  ],
  'explain-class-without-map': [
    'Das Verfahren {method} hat keine Heatmap für „{label}“.',
    'Verlangen Sie eine Tumorart oder ein anderes Verfahren: {others}.',
  ],
  'explain-no-head': [
    'Das Modell „{model}“ enthält nichts, was sagt, wo ein Tumor ist.',
    'Verlangen Sie ein anderes Verfahren: {others}.',
  ],
  'explain-network': [
    'Das Netz des Modells „{model}“ hat die Schichten nicht, aus denen diese Heatmap entsteht, oder sie laufen hier nicht.',
    'Verlangen Sie ein anderes Verfahren: {others}.',
  ],
  'explain-frame-unread': [
    'Für Einzelbild {frame} gibt es im Bestand keine Antwort, die eine Heatmap erklären könnte.',
    'Wählen Sie ein Einzelbild, das eine Antwort hat.',
  ],
  'explain-not-judged': [
    'Das Modell beurteilt dieses Bild nicht: Es gibt keine Antwort zu erklären.',
    'Befunden Sie es wie jedes andere Bild; was das Netz rechnete, ist dafür nicht gedacht.',
  ],
  'explain-other-model': [
    'Die Antwort des Falls ist vom Modell „{model}“, das nicht in Einsatz ist; die Heatmap wäre von einem anderen.',
    'Wiederholen Sie den Fall mit dem aktiven Modell, und verlangen Sie dann dessen Heatmap.',
  ],
}

export const similar: Record<keyof typeof SIMILAR_ERRORS, Said> = {
  'similar-none': [
    'Das Modell „{model}“ enthält nichts, womit sich ähnliche Bilder finden ließen.',
    'Modelle, die ab jetzt aus einem Trainingslauf entstehen, enthalten es.',
  ],
  'similar-no-answer': [
    'Der Fall hat keine Antwort, es gibt also nichts zu vergleichen.',
    'Warten Sie auf die Auswertung, oder lassen Sie ihn erneut auswerten.',
  ],
  'similar-not-judged': [
    'Das Modell beurteilt dieses Bild nicht, es gibt also nichts zu vergleichen: {reasons}.',
    'Öffnen Sie ein Bild der Art, für die das Modell gemacht ist.',
  ],
  'similar-other-index': [
    'Der Fall wurde mit einer anderen Fassung des Modells „{model}“ verglichen, als hier ist: Index {kept}, hier {here}.',
    'Wiederholen Sie den Fall mit dem aktiven Modell, und fragen Sie dann nach ähnlichen.',
  ],
  'similar-other-model': [
    'Die Antwort des Falls ist vom Modell „{model}“, das nicht in Einsatz ist, und nichts zum Vergleichen wurde behalten.',
    'Wiederholen Sie den Fall mit dem aktiven Modell, und fragen Sie dann nach ähnlichen.',
  ],
}

export const whatIf: Record<keyof typeof WHAT_IF_ERRORS, Said> = {
  'what-if-empty': [
    'Nach Schritt {step} sind alle Pixel gleich: Es bleibt nichts, was ein Modell beurteilen könnte.',
    'Nehmen Sie den Schritt zurück.',
  ],
  'what-if-uniform': [
    'Alle Pixel dieses Bildes sind gleich: Darin ist nichts, was ein Modell beurteilen könnte.',
    'Wählen Sie ein anderes Bild.',
  ],
  'what-if-too-small': [
    'Nach Schritt {step} hat das Bild {width} × {height} Pixel; mindestens {minimum} × {minimum} sind nötig.',
    'Nehmen Sie den Schritt zurück, oder schneiden Sie weniger ab.',
  ],
  'what-if-too-large': [
    'Nach Schritt {step} hätte das Bild {width} × {height} Pixel; die Grenze ist {limitMegapixels} Megapixel.',
    'Nehmen Sie den Schritt zurück, oder schneiden Sie erst zu.',
  ],
  'what-if-outside': [
    'Das Rechteck von Schritt {step} liegt außerhalb des Bildes.',
    'Zeichnen Sie es innerhalb des Bildes.',
  ],
  'what-if-steps': [
    'Die Schritte sind nicht verwendbar: {reason}.',
    'Geben Sie eine JSON-Liste von Schritten, wie docs/what-if.md sie beschreibt.',
  ],
  'experiment-unknown': [
    'Dieses Experiment ist nicht im Bestand.',
    'Sehen Sie die Liste der Experimente des Falls an.',
  ],
  'experiment-no-steps': ['Es gibt nichts zu behalten: Das Bild ist, wie es kam.', 'Ändern Sie erst etwas.'],
  'experiment-erased': [
    'Die Schritte dieses Experiments wurden mit seinem Fall gelöscht.',
    'Es gibt nichts, was sich wiederholen ließe.',
  ],
}

export const monitoring: Record<keyof typeof MONITORING_ERRORS, Said> = {
  'month-to-come': [
    'Der Monat {month} hat noch nicht begonnen.',
    'Wählen Sie einen vergangenen Monat oder den jetzigen bisher (Monate gelten nach UTC).',
  ],
}
