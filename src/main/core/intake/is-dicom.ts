import { isDicomImage } from '../../../shared/formats.ts'
import { readHead } from './head.ts'

/** Whether a file says of itself that it is DICOM, and not the directory of a medium. @throws errors of the file system */
export const isDicom = async (path: string): Promise<boolean> => isDicomImage(await readHead(path))
