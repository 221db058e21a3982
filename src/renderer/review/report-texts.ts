import { HEAT_NOTE } from '../../shared/heat.ts'
import { PAPER_NAMES } from '../../shared/report.ts'

/** The report of a case; part of `texts`. */
export const reportTexts = {
  open: 'Report…',
  title: 'Report of this case',
  contents: (series: boolean) =>
    `One page, and more only for long comments: patient and study, ${
      series
        ? 'the slice that stands for the series (not the one on the screen; whole, without measurements, with window and turns as you see them now)'
        : 'the image as you see it now (whole, without measurements)'
    }, what the model says, your verdict and the earlier ones, and a code by which the search finds the case.`,
  changed: (how: string) => `The report marks the image as ${how}.`,
  unsaved: 'The verdict that you began is not saved and will not be in it.',
  paper: 'Paper',
  papers: PAPER_NAMES,
  heat: `With a page of the heat map: ${HEAT_NOTE.charAt(0).toLowerCase()}${HEAT_NOTE.slice(1)}`,
  save: 'Save as PDF',
  print: 'Print…',
  noTab: 'The browser allowed no new tab for the report. Allow pop-ups for this page, or save it as PDF.',
  making: 'Making the report…',
  saved: (name: string) => `Report saved: ${name}.`,
  objects: {
    title: 'DICOM objects',
    text: 'Structured report and picture with the result, in the study of this image, as a ZIP or straight to the PACS; of a series with a suspicion its key slices, too. A later one names those that it supersedes.',
    save: 'Save DICOM objects',
    making: 'Making them…',
    saved: 'DICOM objects were made and handed over as a ZIP.',
  },
  kept: 'That a report was made, and for whom, is kept in the audit record.',
}
