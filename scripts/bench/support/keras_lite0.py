"""EfficientNet-Lite0 without batch norm and with 4 classes, in Keras, with random weights: they do not change its speed."""

import keras

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
