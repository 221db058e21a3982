"""Classifies the images of a folder as a plain script does: OpenCV reads and resizes, ONNX Runtime predicts in batches of 32.

    python onnxruntime_reading.py FOLDER SIZE MODEL
"""

import sys
from pathlib import Path

import cv2
import numpy as np
import onnxruntime

folder, size, model = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
files = sorted(folder.rglob("*.jpg"))
images = [cv2.resize(cv2.cvtColor(cv2.imread(str(file)), cv2.COLOR_BGR2RGB), (size, size)) for file in files]
batch = ((np.stack(images).astype("float32") - 127) / 128).transpose(0, 3, 1, 2)
session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
name = session.get_inputs()[0].name
parts = [session.run(None, {name: batch[at : at + 32]})[0] for at in range(0, len(batch), 32)]
for file, values in zip(files, np.concatenate(parts)):
    print(file, values.argmax(), *np.round(np.exp(values) / np.exp(values).sum(), 4))
print(onnxruntime.__version__)
