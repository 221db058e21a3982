"""Makes test/engine/dicom/files: small DICOM files in forms that shared/dicom/syntaxes lacks, of real pixels from there.

See README.md for what has to be installed. Usage: python make_files.py SHARED OUT
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pydicom
from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate
from pydicom.sequence import Sequence
from pydicom.uid import (
    HTJ2K, ExplicitVRBigEndian, ExplicitVRLittleEndian, HTJ2KLossless, HTJ2KLosslessRPCL, JPEG2000, JPEG2000Lossless,
    JPEGLSNearLossless, RLELossless,
)

shared, out = Path(sys.argv[1]), Path(sys.argv[2])
out.mkdir(parents=True, exist_ok=True)
MR = pydicom.dcmread(shared / 'dicom/syntaxes/MR_small.dcm')
RGB = pydicom.dcmread(shared / 'dicom/syntaxes/SC_rgb_rle.dcm').pixel_array[:48, :48]
GREY = MR.pixel_array.astype(np.int16)
KEEP = ['SOPClassUID', 'SOPInstanceUID', 'StudyInstanceUID', 'SeriesInstanceUID', 'Modality', 'PatientName', 'PatientID',
        'StudyDate', 'PixelSpacing', 'WindowCenter', 'WindowWidth']


def header(photometric='MONOCHROME2', window=True):
    """A data set without pixels."""
    ds = Dataset()
    for keyword in KEEP:
        if window or not keyword.startswith('Window'):
            setattr(ds, keyword, getattr(MR, keyword))
    ds.file_meta = pydicom.dataset.FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds.file_meta.MediaStorageSOPClassUID = ds.SOPClassUID
    ds.file_meta.MediaStorageSOPInstanceUID = ds.SOPInstanceUID
    ds.PhotometricInterpretation = photometric
    ds.SamplesPerPixel = 3 if photometric[:3] in ('RGB', 'YBR') else 1
    return ds


def with_pixels(ds, pixels, stored=None, high=None):
    """Native pixels of an array as it lies."""
    bits = 8 * pixels.dtype.itemsize
    ds.Rows, ds.Columns = pixels.shape[:2] if ds.SamplesPerPixel == 1 or pixels.shape[-1] == 3 else pixels.shape[-2:]
    ds.BitsAllocated, ds.BitsStored = bits, stored or bits
    ds.HighBit = high if high is not None else ds.BitsStored - 1
    ds.PixelRepresentation = 1 if pixels.dtype.kind == 'i' else 0
    if ds.SamplesPerPixel == 3 and 'PlanarConfiguration' not in ds:
        ds.PlanarConfiguration = 0
    ds.PixelData = pixels.tobytes()
    ds['PixelData'].VR = 'OW' if bits > 8 else 'OB'
    return ds


def save(ds, name):
    ds.save_as(out / f'{name}.dcm', enforce_file_format=True)


def grey12():
    return with_pixels(header(), np.clip(GREY, 0, 4095).astype(np.uint16), 12)


def grey8():
    return with_pixels(header(window=False), (np.clip(GREY, 0, 2000) * (255 / 2000)).astype(np.uint8))


def dcmtk(command, ds, name):
    """One of DCMTK's programs on a data set."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / 'in.dcm'
        ds.save_as(source, enforce_file_format=True)
        subprocess.run([*command, str(source), str(out / f'{name}.dcm')], check=True)


def colour():
    return with_pixels(header('RGB', window=False), RGB)


dcmtk(['dcmconv', '+td'], grey12(), 'deflated')
dcmtk(['dcmcjpeg', '+e1'], grey12(), 'jpeg-lossless-sv1')
dcmtk(['dcmcjpeg', '+el', '+sv', '4'], grey12(), 'jpeg-lossless-sv4')
dcmtk(['dcmcjpeg', '+ee', '+q', '90'], grey12(), 'jpeg-extended-12')
dcmtk(['dcmcjpeg', '+eb', '+q', '90'], grey8(), 'jpeg-baseline-grey')
dcmtk(['dcmcjpeg', '+eb', '+q', '90', '+s2'], colour(), 'jpeg-baseline-ybr-422')
dcmtk(['dcmcjpeg', '+e1'], colour(), 'jpeg-lossless-rgb')
signed = with_pixels(header(), GREY - 700)
dcmtk(['dcmcjpeg', '+e1'], signed, 'jpeg-lossless-signed')
dcmtk(['dcmcjpls', '+en', '+md', '3'], grey12(), 'jpeg-ls-near')
dcmtk(['dcmcjpls', '+el'], colour(), 'jpeg-ls-rgb')

for name, syntax, options in [
    ('htj2k-lossless', HTJ2KLossless, ['-reversible', 'true']),
    ('htj2k-lossless-rpcl', HTJ2KLosslessRPCL, ['-reversible', 'true', '-prog_order', 'RPCL']),
    ('htj2k-lossy', HTJ2K, ['-reversible', 'false', '-qstep', '0.001']),
]:
    ds = grey12()
    with tempfile.TemporaryDirectory() as folder:
        image, coded = Path(folder) / 'in.pgm', Path(folder) / 'out.j2c'
        pixels = np.frombuffer(ds.PixelData, np.uint16).reshape(64, 64)
        image.write_bytes(b'P5\n64 64\n4095\n' + pixels.astype('>u2').tobytes())
        subprocess.run(['ojph_compress', '-i', image, '-o', coded, *options], check=True)
        ds.PixelData = encapsulate([coded.read_bytes()])
    ds.file_meta.TransferSyntaxUID = syntax
    save(ds, name)

for name, syntax, options in [('j2k-rct', JPEG2000Lossless, {}), ('j2k-ict', JPEG2000, {'j2k_psnr': [60]})]:
    ds = colour()
    ds.PhotometricInterpretation = 'YBR_RCT' if name == 'j2k-rct' else 'YBR_ICT'
    ds.compress(syntax, RGB, encoding_plugin='pylibjpeg', generate_instance_uid=False, **options)
    save(ds, name)
ds = signed
ds.compress(JPEG2000Lossless, encoding_plugin='pylibjpeg', generate_instance_uid=False)
save(ds, 'j2k-signed')

levels = np.frombuffer(grey8().PixelData, np.uint8).reshape(64, 64)
ds = with_pixels(header('PALETTE COLOR', window=False), levels)
ramp = np.arange(256, dtype=np.uint32) * 257
for name, values in [('Red', np.minimum(ramp * 2, 65535)), ('Green', ramp), ('Blue', 65535 - ramp)]:
    setattr(ds, f'{name}PaletteColorLookupTableDescriptor', [256, 0, 16])
    setattr(ds, f'{name}PaletteColorLookupTableData', values.astype('<u2').tobytes())
save(ds, 'palette')

for name, kind, keyword in [('float', '<f4', 'FloatPixelData'), ('double', '<f8', 'DoubleFloatPixelData')]:
    ds = header(window=False)
    crop = (GREY[:32, :32] / 7 - 3).astype(kind)
    with_pixels(ds, crop)
    del ds.PixelData, ds.BitsStored, ds.HighBit, ds.PixelRepresentation
    setattr(ds, keyword, crop.tobytes())
    save(ds, name)

ybr = pydicom.pixels.convert_color_space(RGB, 'RGB', 'YBR_FULL')
save(with_pixels(header('YBR_FULL', window=False), ybr), 'ybr-full')
ds = header('RGB', window=False)
ds.PlanarConfiguration = 1
save(with_pixels(ds, np.ascontiguousarray(RGB.transpose(2, 0, 1))), 'rgb-planar')
pairs = np.stack([ybr[:, 0::2, 0], ybr[:, 1::2, 0], ybr[:, 0::2, 1], ybr[:, 0::2, 2]], axis=-1)
ds = with_pixels(header('YBR_FULL_422', window=False), ybr)
ds.PixelData = np.ascontiguousarray(pairs).tobytes()
save(ds, 'ybr-full-422')

ds = with_pixels(header('MONOCHROME1'), GREY - 500)
ds.RescaleSlope, ds.RescaleIntercept = '2.5', '-100'
ds.WindowCenter, ds.WindowWidth = '400', '3000'
save(ds, 'monochrome1-rescaled')
padded = GREY.copy()
padded[:10], padded[-6:] = -2000, -1990
ds = with_pixels(header(window=False), padded)
ds.PixelPaddingValue, ds.PixelPaddingRangeLimit = -2000, -1980
save(ds, 'padding-range')
for shape in ['LINEAR_EXACT', 'SIGMOID']:
    ds = grey12()
    ds.VOILUTFunction = shape
    save(ds, shape.lower().replace('_', '-'))

curve = np.round(4095 * np.sqrt(np.arange(2048) / 2047)).astype('<u2')
for name, keyword in [('voi-lut', 'VOILUTSequence'), ('modality-lut', 'ModalityLUTSequence')]:
    ds = with_pixels(header(window=False), np.clip(GREY, 0, 4095).astype(np.uint16), 12)
    table = Dataset()
    table.LUTDescriptor = [2048, 0, 12]
    table['LUTDescriptor'].VR = 'US'
    table.add_new('LUTData', 'OW', curve.tobytes())
    if keyword == 'ModalityLUTSequence':
        table.ModalityLUTType = 'US'
    setattr(ds, keyword, Sequence([table]))
    save(ds, name)

# Ten bits of which the highest is the 14th, with an overlay in what is left.
lifted = (np.clip(GREY, 0, 1023).astype(np.uint16) << 4) | ((np.arange(64) % 7 == 0) * 0xC00F).astype(np.uint16)
save(with_pixels(header(), lifted, 10, 13), 'high-bit')
ds = with_pixels(header(), GREY[:, ::2])
del ds.PixelSpacing
ds.PixelAspectRatio = ['1', '2']
save(ds, 'aspect-ratio')

frames = np.stack([GREY[:48, :48], GREY[8:56, 8:56], GREY[16:, 16:]])


def enhanced():
    ds = header(window=False)
    ds.SOPClassUID = ds.file_meta.MediaStorageSOPClassUID = '1.2.840.10008.5.1.4.1.1.4.1'
    del ds.PixelSpacing
    with_pixels(ds, frames[0])
    ds.NumberOfFrames = 3
    ds.PixelData = frames.tobytes()
    common, measures, values = Dataset(), Dataset(), Dataset()
    measures.PixelSpacing, measures.SliceThickness = [0.5, 0.75], '2'
    values.RescaleSlope, values.RescaleIntercept, values.RescaleType = '2', '10', 'US'
    common.PixelMeasuresSequence = Sequence([measures])
    common.PixelValueTransformationSequence = Sequence([values])
    ds.SharedFunctionalGroupsSequence = Sequence([common])
    ds.PerFrameFunctionalGroupsSequence = Sequence()
    for n in range(3):
        frame, window, place = Dataset(), Dataset(), Dataset()
        window.WindowCenter, window.WindowWidth = str(1000 + 200 * n), str(2000 - 100 * n)
        place.ImagePositionPatient = [0, 0, 2.5 * n]
        frame.FrameVOILUTSequence, frame.PlanePositionSequence = Sequence([window]), Sequence([place])
        ds.PerFrameFunctionalGroupsSequence.append(frame)
    return ds


save(enhanced(), 'enhanced-mr')
ds = enhanced()
ds.compress(RLELossless, generate_instance_uid=False)
save(ds, 'enhanced-mr-rle')
ds = enhanced()
ds.compress(JPEG2000Lossless, encoding_plugin='pylibjpeg', generate_instance_uid=False)
coded = list(pydicom.encaps.generate_frames(ds.PixelData, number_of_frames=3))
# Two pieces a frame and no table of offsets: a frame is found by where its code stream begins.
ds.PixelData = encapsulate(coded, fragments_per_frame=2, has_bot=False)
save(ds, 'enhanced-mr-j2k-pieces')

japanese = with_pixels(header(window=False), GREY[:32, :32])
japanese.SpecificCharacterSet = ['', 'ISO 2022 IR 87']
japanese.PatientName = 'Yamada^Tarou=山田^太郎=やまだ^たろう'
save(japanese, 'name-japanese')
korean = with_pixels(header(window=False), GREY[:32, :32])
korean.SpecificCharacterSet = ['', 'ISO 2022 IR 149']
korean.PatientName = 'Hong^Gildong=洪^吉洞=홍^길동'
save(korean, 'name-korean')
chinese = with_pixels(header(window=False), GREY[:32, :32])
chinese.SpecificCharacterSet = 'GB18030'
chinese.PatientName = 'Wang^XiaoDong=王^小东'
save(chinese, 'name-chinese')
