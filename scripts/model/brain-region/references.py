"""Slices of heads with the brain in them, as PNG files of 8 bits: a picture and its mask.

    python3 references.py <folder of the unpacked packages> <folder of the DICOM series> <out>

Masks come with the MNI template, or from the network of deepbrain (3D) where none comes with a head. Slices of the DICOM
series are kept as masks alone: the measuring command decodes the files itself.
"""
import json
import sys
from pathlib import Path

import nibabel
import numpy
import pydicom
import tensorflow.compat.v1 as tf
from PIL import Image
from skimage.transform import resize

PACKAGES, SERIES, OUT = (Path(argument) for argument in sys.argv[1:4])
TEMPLATES = PACKAGES / "nimare/nimare/resources/templates"
# Of a template, a slice each so many mm.
EVERY = 4


def network():
    """deepbrain 0.1 (MIT): a volume of 128 voxels a side, 0-1, gives the probability of brain in each."""
    definition = tf.GraphDef()
    definition.ParseFromString((PACKAGES / "deepbrain/deepbrain/models/graph.pb").read_bytes())
    graph = tf.Graph()
    with graph.as_default():
        tf.import_graph_def(definition)
    session = tf.Session(graph=graph)

    def run(volume):
        cube = resize(volume, (128, 128, 128), mode="constant", anti_aliasing=True)
        cube = (cube / cube.max()).reshape(1, 128, 128, 128, 1)
        feed = {graph.get_tensor_by_name("import/training:0"): False, graph.get_tensor_by_name("import/img:0"): cube}
        prob = session.run(graph.get_tensor_by_name("import/prob:0"), feed_dict=feed).squeeze()
        return resize(prob, volume.shape, mode="constant", anti_aliasing=True) > 0.5

    return run


def volume_of(path):
    """Voxels with the axes right, anterior, superior."""
    return nibabel.as_closest_canonical(nibabel.load(path)).get_fdata()


def save(name, pixels):
    path = OUT / name
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels.astype("uint8")).save(path)


def slices_of(source, head, mask, kind):
    """Both as slices in the three planes, upright; greys up to the 99.5th percentile of the volume."""
    greys = numpy.clip(head / numpy.percentile(head, 99.5), 0, 1) * 255
    rows = []
    for axis, plane in enumerate(["sagittal", "coronal", "axial"]):
        held = numpy.flatnonzero(mask.any(axis=tuple(other for other in range(3) if other != axis)))
        middle, half = (held[0] + held[-1]) / 2, (held[-1] - held[0]) / 2
        for place in range(held[0], held[-1] + 1, EVERY):
            name = f"{source}/{plane}-{place}"
            save(f"{name}.png", numpy.rot90(greys.take(place, axis)))
            save(f"{name}-mask.png", numpy.rot90(mask.take(place, axis)) * 255)
            rows.append({
                "source": source, "plane": plane, "reference": kind, "picture": f"{name}.png",
                "mask": f"{name}-mask.png", "off": round(abs(place - middle) / half, 3),
            })
    return rows


def series(run):
    files = sorted(SERIES.rglob("*.dcm"))
    images = [pydicom.dcmread(file) for file in files]
    stack = numpy.stack([image.pixel_array for image in images], axis=-1).astype(float)
    # Rows of an axial slice go from front to back, columns from right to left.
    mask = run(stack[:, ::-1].transpose(1, 0, 2)[:, ::-1]).astype(bool)[:, ::-1].transpose(1, 0, 2)[:, ::-1]
    held = numpy.flatnonzero(mask.any(axis=(0, 1)))
    middle, half = (held[0] + held[-1]) / 2, (held[-1] - held[0]) / 2
    rows = []
    for place in held:
        name = f"series-t1/{files[place].stem}-mask.png"
        save(name, mask[:, :, place] * 255)
        rows.append({
            "source": "series-t1", "plane": "axial", "reference": "deepbrain",
            "picture": str(files[place].relative_to(SERIES)), "mask": name,
            "off": round(abs(place - middle) / half, 3),
        })
    return rows


run = network()
head = volume_of(TEMPLATES / "tpl-MNI152NLin6Asym_res-01_T1w.nii.gz")
mask = volume_of(TEMPLATES / "tpl-MNI152NLin6Asym_res-01_desc-brain_mask.nii.gz") > 0.5
rows = slices_of("mni152", head, mask, "its own mask")
found = run(head)
agreement = 2 * (found & mask).sum() / (found.sum() + mask.sum())
print(f"deepbrain and the mask of MNI152: Dice {agreement:.3f} of the volume")
rows += series(run)
(OUT / "references.json").write_text(json.dumps({"deepbrainOnMni152": round(float(agreement), 3), "slices": rows}))
