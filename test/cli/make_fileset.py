"""Burns DICOM files as pydicom's FileSet does: python make_fileset.py <folder of the medium> <files...>"""

import sys

from pydicom.fileset import FileSet

medium = FileSet()
for path in sys.argv[2:]:
    medium.add(path)
medium.write(sys.argv[1])
