"""Prints milliseconds an image for training EfficientNet-Lite0 (no batch norm, dropout, 4 classes) in Keras.

    python keras_training.py SIZE BATCH STEPS

Random pictures and weights: neither changes how long a step takes. The first epoch warms up and is not counted.
"""

import json
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf

# Kernel, stride of the first repeat, expansion, channels, repeats: efficientnet_lite_builder.py of TensorFlow's models.
BLOCKS = [
    (3, 1, 1, 16, 1),
    (3, 2, 6, 24, 2),
    (5, 2, 6, 40, 2),
    (3, 2, 6, 80, 3),
    (5, 1, 6, 112, 3),
    (5, 2, 6, 192, 4),
    (3, 1, 6, 320, 1),
]
layers = keras.layers


def convolve(x, channels, kernel, stride, relu=True):
    x = layers.Conv2D(channels, kernel, stride, "same")(x)
    return layers.ReLU(6)(x) if relu else x


def block(x, kernel, stride, expansion, channels):
    start = x
    if expansion > 1:
        x = convolve(x, x.shape[-1] * expansion, 1, 1)
    x = layers.ReLU(6)(layers.DepthwiseConv2D(kernel, stride, "same")(x))
    x = convolve(x, channels, 1, 1, relu=False)
    return layers.Add()([x, start]) if stride == 1 and start.shape[-1] == channels else x


def network(size):
    image = layers.Input((size, size, 3))
    x = convolve(image, 32, 3, 2)
    for kernel, stride, expansion, channels, repeats in BLOCKS:
        for repeat in range(repeats):
            x = block(x, kernel, stride if repeat == 0 else 1, expansion, channels)
    x = layers.GlobalAveragePooling2D()(convolve(x, 1280, 1, 1))
    return keras.Model(image, layers.Dense(4)(layers.Dropout(0.3)(x)))


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
