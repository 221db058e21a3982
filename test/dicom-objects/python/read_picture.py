"""Prints as JSON what pydicom finds in a secondary capture."""

import hashlib
import json
import sys

import pydicom

picture = pydicom.dcmread(sys.argv[1])
pixels = picture.pixel_array
print(json.dumps({
    'shape': pixels.shape,
    'sha256': hashlib.sha256(pixels.tobytes()).hexdigest(),
    'photometric': picture.PhotometricInterpretation,
    'imageType': list(picture.ImageType),
    'burnedIn': picture.BurnedInAnnotation,
    'sources': [item.ReferencedSOPInstanceUID for item in picture.SourceImageSequence],
    'study': picture.StudyInstanceUID,
    'patient': str(picture.PatientName),
}))
