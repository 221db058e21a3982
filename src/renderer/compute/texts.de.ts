import type { Translated } from '../../shared/language.ts'
import type { EngineKind, InstallStep } from '../../shared/native-engine.ts'
import type { FoundProvider } from '../../shared/providers.ts'
import { plural } from '../format.ts'
import type { computeTexts } from './texts.ts'

const kinds: Record<EngineKind, string> = {
  'gpu-package': 'TensorFlow auf der GPU (Paket tfjs-node-gpu)',
  package: 'TensorFlow (Paket tfjs-node)',
  installed: 'TensorFlow, von Gyrus installiert',
}
const steps: Record<InstallStep, string> = {
  library: 'TensorFlow wird geholt',
  binding: 'Anbindung wird geholt',
  headers: 'Header werden geholt',
  unpack: 'Entpacken',
  compile: 'Übersetzen',
  check: 'Prüfen, ob richtig gerechnet wird',
  finish: 'Abschließen',
}
const names: Record<string, string> = {
  'onnxruntime-cpu': 'ONNX Runtime auf dem Prozessor',
  'onnxruntime-cuda': 'ONNX Runtime auf NVIDIA (CUDA)',
  'onnxruntime-tensorrt': 'ONNX Runtime auf NVIDIA (TensorRT)',
  'onnxruntime-webgpu': 'ONNX Runtime auf einer GPU (WebGPU)',
  'onnxruntime-dml': 'ONNX Runtime auf einer GPU (DirectML)',
  'onnxruntime-coreml': 'ONNX Runtime auf Apples CoreML',
  'tfjs-wasm': 'TensorFlow.js auf WebAssembly',
  tensorflow: 'TensorFlow (zum Trainieren)',
}
const worksBut: Record<FoundProvider['role'], string> = {
  read: 'Läuft. Springt ein, wo ONNX Runtime nicht startet.',
  train: 'Läuft. Trainiert; Aufnahmen werden damit nicht gelesen.',
  none: 'Läuft und wird nicht benutzt: Aufnahmen werden auf jedem Rechner gleich gelesen.',
}

export const german: Translated<typeof computeTexts> = {
  providers: {
    title: 'Auswertung',
    text: 'Was das Modell auf diesem Rechner ausführen kann. Aufnahmen liest das Erste, das startet und den Prüfbildern des Modells dieselben Antworten gibt wie bei dessen Herstellung. Einzustellen ist nichts.',
    name: (id) => names[id] ?? id,
    columns: { name: 'Rechenweg', single: 'Ein Bild', batch: 'Je von 16', use: 'Verwendung' },
    used: 'Liest Aufnahmen',
    notUsed(outcome, role) {
      if (!outcome) return 'Noch nicht versucht.'
      if (outcome.state === 'works') return worksBut[role]
      if (outcome.state === 'missing') return `Hier nicht gefunden: ${outcome.reason}`
      if (outcome.state === 'failed') return `Läuft hier nicht: ${outcome.reason}`
      return `Abgelehnt: Seine Antworten zu den Prüfbildern weichen bis zu ${outcome.reason} ab.`
    },
    measure: 'Versuchen und messen',
    again: 'Neu messen',
    measuring: 'Messung läuft',
    failed: 'Die letzte Messung blieb ohne Ergebnis.',
    never: 'Noch wurde nichts gemessen. Es dauert etwa eine Minute; die Befundung geht weiter und hat Vorrang.',
    measured: (at, model, version, { cpu, cores, gpu }) =>
      `Millisekunden des Netzes je Bild, schnellster Lauf, ohne das Lesen der Datei. Gemessen ${at} mit ${model} durch Gyrus ${version} auf ${cpu}, ${plural(cores, 'Prozessor', 'Prozessoren')}, ${gpu ?? 'keine NVIDIA-GPU'}.`,
    old: (model) => `Aufnahmen liest jetzt ${model}: Messen Sie für dessen Zahlen neu.`,
    looking: 'Sucht, was da ist…',
  },
  machine: 'Dieser Rechner',
  native: 'Trainingssystem',
  nativeText:
    'Zum Lesen von Aufnahmen braucht Gyrus nichts weiter. Ganze Netze zu trainieren braucht TensorFlow, das Gyrus in seinen Datenordner installieren kann: etwa 700 MB auf der Platte, zwei bis drei Minuten.',
  full: 'Auf diesem Rechner lassen sich ganze Netze trainieren.',
  headOnly: 'Auf diesem Rechner lässt sich nur die letzte Schicht des Netzes trainieren (Rezept „head“).',
  used: (kind, version, bytes) => `${kinds[kind]}, Version ${version}, ${Math.round(bytes / 1e6)} MB`,
  verified: (at) => `Rechnete richtig am ${at}.`,
  notUsed: 'Nicht benutzt, und warum',
  kinds,
  obstacles: 'Was einer Installation im Weg steht',
  step: (step, index, of) => `${steps[step]} (${index} von ${of})`,
  installing: 'Trainingssystem wird installiert',
  looking: 'Wird gesucht …',
  install: 'Installieren',
  goOn: 'Installation fortsetzen',
  remove: 'Entfernen',
  removeSure:
    'Ganze Netze lassen sich dann bis zur nächsten Installation nicht trainieren. Die Befundung läuft weiter wie bisher.',
  removed: (bytes) => `Das Trainingssystem wurde entfernt: ${Math.round(bytes / 1e6)} MB sind wieder frei.`,
  failed: 'Die letzte Installation blieb ohne Ergebnis.',
}
