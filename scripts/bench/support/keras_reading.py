"""Classifies the images of a folder as a plain script does: OpenCV reads and resizes, Keras predicts in batches of 32.

    python keras_reading.py FOLDER SIZE
"""

import sys
from pathlib import Path

import cv2
import keras
import numpy as np
from keras_lite0 import network

folder, size = Path(sys.argv[1]), int(sys.argv[2])
files = sorted(folder.rglob("*.jpg"))
images = [cv2.resize(cv2.cvtColor(cv2.imread(str(file)), cv2.COLOR_BGR2RGB), (size, size)) for file in files]
logits = network(size).predict((np.stack(images).astype("float32") - 127) / 128, batch_size=32, verbose=0)
for file, values in zip(files, logits):
    print(file, values.argmax(), *np.round(np.exp(values) / np.exp(values).sum(), 4))
print(keras.__version__)
