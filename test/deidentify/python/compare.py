"""Prints as JSON how a de-identified copy differs from its source, as pydicom reads both."""

import json
import sys

import pydicom

source, copy = (pydicom.dcmread(path, force=True) for path in sys.argv[1:3])


def text(dataset, keyword):
    return str(dataset.get(keyword, ''))


shared = [element.tag for element in copy if element.tag in source and element.tag != 0x7FE00010]
print(json.dumps({
    'pixelsSame': source.PixelData == copy.PixelData,
    'syntaxSame': source.file_meta.TransferSyntaxUID == copy.file_meta.TransferSyntaxUID,
    'changed': sorted(copy[tag].keyword for tag in shared if source[tag].value != copy[tag].value),
    'removed': sorted(e.keyword for e in source if e.tag not in copy and not e.tag.is_private and e.tag.element != 0),
    'private': sum(1 for element in copy.iterall() if element.tag.is_private),
    'statement': [
        text(copy, 'PatientIdentityRemoved'),
        list(copy.DeidentificationMethod),
        copy.DeidentificationMethodCodeSequence[0].CodeValue,
        text(copy, 'LongitudinalTemporalInformationModified'),
    ],
    'instance': copy.SOPInstanceUID == copy.file_meta.MediaStorageSOPInstanceUID,
    'study': copy.StudyInstanceUID,
    'series': copy.SeriesInstanceUID,
    'sop': copy.SOPInstanceUID,
    'patient': [text(copy, 'PatientID'), text(copy, 'PatientName')],
}))
