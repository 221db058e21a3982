"""Prints as JSON what pydicom finds in a key object selection."""

import json
import sys

import pydicom

selection = pydicom.dcmread(sys.argv[1])
content = selection.ContentSequence
print(json.dumps({
    'title': selection.ConceptNameCodeSequence[0].CodeMeaning,
    'texts': [item.TextValue for item in content if item.ValueType == 'TEXT' and item.RelationshipType == 'CONTAINS'],
    'images': [
        [item.ReferencedSOPSequence[0].ReferencedSOPInstanceUID,
         list(item.ReferencedSOPSequence[0].get('ReferencedFrameNumber', []))]
        for item in content if item.ValueType == 'IMAGE'
    ],
    'evidence': [
        [series.SeriesInstanceUID, [instance.ReferencedSOPInstanceUID for instance in series.ReferencedSOPSequence]]
        for study in selection.CurrentRequestedProcedureEvidenceSequence
        for series in study.ReferencedSeriesSequence
    ],
}))
