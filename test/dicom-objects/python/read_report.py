"""Prints as JSON what highdicom finds in SRs: findings, probabilities, algorithm, observers, references."""

import json
import sys

import highdicom as hd
from pydicom.sr.coding import Code

PROBABILITY = Code('122157', 'DCM', 'Probability')
FINDING = Code('121071', 'DCM', 'Finding')


def code(concept):
    return [concept.value, concept.scheme_designator, concept.meaning]


def items(parent, name):
    return [item for item in parent.ContentSequence if item.name.value == name]


def probability(item):
    associated = items(item, '246090004')[0]
    return {
        'value': item.value,
        'unit': item.unit.value,
        'finding': code(associated.value),
        'of': [code(child.value) for child in getattr(associated, 'ContentSequence', [])],
        'method': items(item, '370129005')[0].value.value,
    }


def group(found):
    root = found[0]
    # There is none where the model does not judge the image.
    findings = items(root, '121071')
    return {
        'tracking': found.tracking_identifier,
        'finding': code(found.finding_type) if findings else [],
        'of': [code(child.value) for finding in findings for child in getattr(finding, 'ContentSequence', [])],
        'probabilities': [probability(m[0]) for m in found.get_measurements(name=PROBABILITY)],
        'evaluations': [[code(q.name), code(q.value)] for q in found.get_qualitative_evaluations()],
        'images': [image.referenced_sop_instance_uid for image in found.source_images],
        'texts': {item.name.meaning: item.value for item in root.ContentSequence if item.value_type.value == 'TEXT'},
        'observer': [code(item.value)[2] for item in items(root, '121005')],
        'person': [str(item.value) for item in items(root, '121008')],
    }


def read(path):
    report = hd.sr.srread(path)
    root = report.content[0]
    return {
        'title': code(root.name),
        'comments': [item.value for item in items(root, '121106')],
        'groups': [group(found) for found in report.content.get_image_measurement_groups()],
        'patient': str(report.PatientName),
        'study': report.StudyInstanceUID,
        'predecessors': [
            instance.ReferencedSOPInstanceUID
            for study in getattr(report, 'PredecessorDocumentsSequence', [])
            for series in study.ReferencedSeriesSequence
            for instance in series.ReferencedSOPSequence
        ],
        'evidence': [uids[2] for uids in report.get_evidence()],
        'flags': [report.PreliminaryFlag, report.CompletionFlag, report.VerificationFlag],
        'verifiers': [str(item.VerifyingObserverName) for item in getattr(report, 'VerifyingObserverSequence', [])],
    }


print(json.dumps([read(path) for path in sys.argv[1:]]))
