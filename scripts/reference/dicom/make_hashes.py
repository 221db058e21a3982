"""Writes references.json: what pydicom decodes of each file, as SHA-256 hashes.

See README.md for what has to be installed. Usage: python make_hashes.py SHARED FILES OUT
"""

import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pydicom
from pydicom.pixels import apply_modality_lut, apply_voi_lut, convert_color_space, pixel_array

# Of the lossy JPEGs pydicom's plug-in rounds otherwise than the library that DCMTK and libjpeg-turbo share.
BY_DCMTK = ['SC_rgb_jpeg', 'JPEG-lossy', 'jpeg-baseline-grey', 'jpeg-baseline-ybr-422', 'jpeg-extended-12']


def sha256(array):
    return hashlib.sha256(array.astype(array.dtype.newbyteorder('<')).tobytes()).hexdigest()


def by_dcmtk(ds):
    """The same uncompressed, in RGB where it has colours."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / 'in.dcm', Path(folder) / 'out.dcm'
        # Elements are read when they are looked at; one file is written in another form than it states.
        list(ds)
        ds.save_as(source, implicit_vr=False, little_endian=True, enforce_file_format=True)
        subprocess.run(['dcmdjpeg', source, target], check=True)
        return pydicom.dcmread(target)


def by_openjph(ds):
    """OpenJPEG, which pydicom asks, rounds what is lossy otherwise than OpenJPH."""
    with tempfile.TemporaryDirectory() as folder:
        coded, image = Path(folder) / 'in.j2c', Path(folder) / 'out.pgm'
        coded.write_bytes(next(pydicom.encaps.generate_frames(ds.PixelData, number_of_frames=1)))
        subprocess.run(['ojph_expand', '-i', coded, '-o', image], check=True)
        return np.frombuffer(image.read_bytes()[-2 * ds.Rows * ds.Columns:], '>u2').reshape(ds.Rows, ds.Columns).astype(np.uint16)


def frame_of(ds, path, n):
    """Stored values of a frame, colours as RGB."""
    if path.stem == 'htj2k-lossy':
        return by_openjph(ds)
    plain = ds if path.stem not in BY_DCMTK else by_dcmtk(ds)
    raw = pixel_array(plain, index=n, raw=True)
    if path.stem == 'high-bit':
        # pydicom takes the lowest bits; PS3.5, 8.1.1 has the stored ones begin below the high bit.
        words = np.frombuffer(ds.PixelData, '<u2').reshape(ds.Rows, ds.Columns)
        raw = (words >> (ds.HighBit + 1 - ds.BitsStored)) & (2**ds.BitsStored - 1)
    photometric = plain.PhotometricInterpretation
    if photometric in ('YBR_FULL', 'YBR_FULL_422'):
        raw = convert_color_space(raw, 'YBR_FULL', 'RGB')
    return raw


def group(ds, n, sequence):
    for groups in (ds.get('PerFrameFunctionalGroupsSequence', [])[n:n + 1], ds.get('SharedFunctionalGroupsSequence', [])):
        if groups and sequence in groups[0]:
            return groups[0][sequence].value[0]
    return ds


def greys(ds, raw, n):
    """As a workstation shows it, 0–255; None where the file names no window."""
    window = group(ds, n, 'FrameVOILUTSequence')
    if 'WindowCenter' not in window and 'VOILUTSequence' not in ds:
        return None
    values = apply_modality_lut(raw, ds if 'ModalityLUTSequence' in ds else group(ds, n, 'PixelValueTransformationSequence'))
    if 'WindowCenter' not in window:
        shown = apply_voi_lut(values, ds) / (2 ** ds.VOILUTSequence[0].LUTDescriptor[2] - 1)
    else:
        first = lambda value: float(value[0] if isinstance(value, pydicom.multival.MultiValue) else value)
        centre, width = first(window.WindowCenter), first(window.WindowWidth)
        values = values.astype(np.float64)
        shape = window.get('VOILUTFunction', 'LINEAR')
        if shape == 'SIGMOID':
            shown = 1 / (1 + np.exp(-4 * (values - centre) / width))
        elif shape == 'LINEAR_EXACT':
            shown = (values - centre) / width + 0.5
        else:
            shown = (values - (centre - 0.5)) / (width - 1) + 0.5
    shown = np.clip(shown, 0, 1)
    return 1 - shown if ds.PhotometricInterpretation == 'MONOCHROME1' else shown


references = {}
shared, files = Path(sys.argv[1]) / 'dicom', Path(sys.argv[2])
for path in sorted([*(shared / 'syntaxes').glob('*.dcm'), *(shared / 'series-t1').glob('*.dcm'), *files.glob('*.dcm')]):
    if path.stem == 'MR_truncated':
        continue
    ds = pydicom.dcmread(path)
    frames = []
    for n in range(int(ds.get('NumberOfFrames') or 1)):
        raw = frame_of(ds, path, n)
        shown = greys(ds, raw, n)
        eight = None if shown is None else sha256(np.rint(shown * 255).astype(np.uint8))
        frames.append({'shape': list(raw.shape), 'type': raw.dtype.name, 'values': sha256(raw), 'picture': eight})
    references[path.parent.name + '/' + path.name] = frames
Path(sys.argv[3]).write_text(json.dumps(references, indent=1) + '\n')
