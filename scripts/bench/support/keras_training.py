"""Prints milliseconds an image for training EfficientNet-Lite0 (no batch norm, dropout, 4 classes) in Keras.

    python keras_training.py SIZE BATCH STEPS

Random pictures and weights: neither changes how long a step takes. The first epoch warms up and is not counted.
"""

import json
import sys
import time

import keras
import numpy as np
import tensorflow as tf
from keras_lite0 import network

size, batch, steps = map(int, sys.argv[1:4])
images = np.random.default_rng(1).normal(size=(batch * steps, size, size, 3)).astype("float32")
labels = np.eye(4, dtype="float32")[np.arange(batch * steps) % 4]
model = network(size)
loss = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.05)
model.compile(keras.optimizers.Adam(1e-4), loss)
model.fit(images, labels, batch_size=batch, epochs=1, verbose=0)
start = time.perf_counter()
model.fit(images, labels, batch_size=batch, epochs=1, verbose=0)
each = (time.perf_counter() - start) * 1000 / len(images)
print(json.dumps({"ms": each, "keras": keras.__version__, "tensorflow": tf.__version__, "weights": model.count_params()}))
