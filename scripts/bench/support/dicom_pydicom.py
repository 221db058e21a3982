"""Milliseconds a file that pydicom takes for headers and for pixels, from memory: python dicom_pydicom.py <seconds> <files...>

One JSON object: `files`, of each [header ms, pixels ms or null, why not]; `peak_mb`: most memory of this process.
"""

import io
import json
import resource
import sys
import time
import warnings

import pydicom

warnings.simplefilter("ignore")
READ = [
    "SOPInstanceUID", "SeriesInstanceUID", "StudyInstanceUID", "SOPClassUID", "Modality", "PatientName", "PatientID",
    "StudyDate", "AccessionNumber", "Rows", "Columns", "ImagePositionPatient", "ImageOrientationPatient", "PixelSpacing",
    "WindowCenter", "WindowWidth", "RescaleSlope", "RescaleIntercept",
]  # fmt: skip


def header(content: bytes):
    dataset = pydicom.dcmread(io.BytesIO(content), force=True, stop_before_pixels=True)
    return [str(dataset.get(name, "")) for name in READ]


def pixels(content: bytes):
    return pydicom.dcmread(io.BytesIO(content), force=True).pixel_array


def ms(work, content: bytes, seconds: float) -> float:
    taken = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(taken) < 3:
        start = time.perf_counter()
        work(content)
        taken.append(time.perf_counter() - start)
    return 1000 * min(taken)


def measure(path: str, seconds: float):
    with open(path, "rb") as file:
        content = file.read()
    head = ms(header, content, seconds)
    try:
        return [head, ms(pixels, content, seconds), ""]
    except Exception as error:
        return [head, None, str(error).splitlines()[0][:120]]


seconds = float(sys.argv[1])
files = [measure(path, seconds) for path in sys.argv[2:]]
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"version": pydicom.__version__, "files": files, "peak_mb": peak}))
