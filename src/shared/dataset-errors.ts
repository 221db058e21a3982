/** What can go wrong with data sets and with measuring models on them; part of `ERRORS`. */
export const DATASET_ERRORS = {
  // data sets
  'dataset-folders-unknown': {
    message: 'These folders are named after no class that Gyrus knows: {folders}.',
    action:
      'Say what each one is with --map "folder=glioma" (or meningioma, pituitary, notumor, or skip to leave it out), rename them, or list the images in a CSV table.',
  },
  'dataset-map-unused': {
    message: 'No folder or class of the set has this name: {names}.',
    action: 'Correct the names given with --map, or leave them out.',
  },
  'dataset-unlabelled': {
    message: 'These images are in no class folder: {files}.',
    action: 'Move each image into the folder of its class.',
  },
  'dataset-csv-columns': {
    message: 'The table {file} has the wrong columns ({reason}); expected are {expected}.',
    action: 'Give it a header line with these columns and no others; those in brackets may be left out.',
  },
  'dataset-csv-row': {
    message: 'Line {line} of the table {file} cannot be used: {reason}.',
    action: 'Correct that line, then try again.',
  },
  'dataset-patients-unrelated': {
    message: 'The table {file} lists none of the images.',
    action: 'Its paths must be relative to the data set, like Training/glioma/1.jpg.',
  },
  'dataset-one-class': {
    message: 'All images are of one class ({label}).',
    action: 'Add images of the other classes; nothing can be told apart with one.',
  },
  'dataset-class-empty': {
    message: 'There is no image of the class “{label}”.',
    action: 'Add images of that class.',
  },
  'dataset-class-small': {
    message: 'The class “{label}” has {n} images; at least {minimum} are needed for training.',
    action: 'Add images of that class.',
  },
  'dataset-split-impossible': {
    message: 'The set cannot be split so: {reason}.',
    action: 'Choose another rule, or add what is missing.',
  },
  // evaluation
  'predictions-invalid': {
    message: 'The predictions in {file} cannot be used: {reason}.',
    action: 'Give the predictions.json that a training run wrote.',
  },
  'predictions-overlap': {
    message: 'The image {image} is held out in {first} and again in {second}.',
    action: 'Give the runs of one cross-validation, each once: no image may be measured twice.',
  },
  'predictions-different-sets': {
    message: 'The predictions in {first} and {second} are of different data sets.',
    action: 'Give the runs of one cross-validation on one set.',
  },
  'predictions-other-set': {
    message: 'The predictions of the cross-validation are of another data set than {set}.',
    action: 'Give the runs that were trained on this set as it is, or evaluate them alone with --predictions.',
  },
  'output-unwritable': {
    message: 'The file {path} cannot be written ({reason}).',
    action: 'Choose another place, or check the rights on the folder.',
  },
  'dataset-name-invalid': {
    message: '“{name}” cannot be the name of a data set.',
    action: 'Use small letters, digits and “-”, “_” or “.” between them, at most 64 characters.',
  },
  'dataset-unknown': {
    message: 'There is no data set “{name}”.',
    action: 'See “gyrus dataset list”, or give the path of a folder or a table.',
  },
  'dataset-ambiguous': {
    message: '“{name}” is an imported data set, and there is a file or folder of that name here, too.',
    action: 'Write ./ before it for the file or folder, or go to another folder for the data set.',
  },
  'dataset-none-signed': {
    message: 'No signed case has a verdict to learn from{since}.',
    action:
      'Agree or disagree with cases of the work list and sign them first; those where one cannot tell do not count.',
  },
  'dataset-none-readable': {
    message: 'None of the {n} files can be read; the first one: {reason}',
    action: 'Check the files; “gyrus dataset audit” lists what is wrong with each.',
  },
  'dataset-import-busy': {
    message: 'A data set is being imported already ({name}).',
    action: 'Wait until it is done, or cancel it.',
  },
  'dataset-import-interrupted': {
    message: 'Gyrus ended while “{name}” was being imported; no version was made of it.',
    action: 'Import it again. Images that were copied already are not copied twice.',
  },
  'dataset-outside': {
    message: 'The table names an image outside the folder ({file}).',
    action: 'Put the images beside or below the table, name them from there, then hand the folder over again.',
  },
  'dataset-staged-unknown': {
    message: 'These files are no longer kept for an import.',
    action: 'Choose the folder again.',
  },
  'dataset-staged-path': {
    message: 'A file of this name cannot be handed over: {file}.',
    action: 'Rename it, or leave it out of the folder.',
  },
  'dataset-staged-large': {
    message: 'More cannot be handed over by a browser ({limit}).',
    action: 'Import the folder with the desktop app, or by “gyrus dataset import”.',
  },
  'dataset-decision-unfit': {
    message: 'These decisions do not fit {set}: {reason}.',
    action: 'Look at the version again, and decide anew.',
  },
  'dataset-audit-busy': {
    message: 'A data set is being looked through already ({name}).',
    action: 'Wait until it is done, or cancel it.',
  },
  'dataset-not-audited': {
    message: '{set} was not looked through for copies yet.',
    action: 'Run the leakage audit first.',
  },
  'dataset-image-unknown': {
    message: 'This image is not in {set}.',
    action: 'Go back to the data set.',
  },
  'dataset-altered': {
    message: 'The data set {set} was changed after it was imported ({reason}).',
    action: 'Do not use it. Import it again from its source: that makes a new version.',
  },
  'dataset-files-missing': {
    message: 'Of {of} stored copies {n} are gone, the first of them that of {file}.',
    action: 'Import the data set again from its source, which mends its copies.',
  },
  'dataset-file-altered': {
    message: 'The stored copy of {file} is missing or was changed ({path}).',
    action:
      'Import the data set again from its source, which mends its copies; for a case, open its original file again.',
  },
  'port-unusable': {
    message: 'Port {port} cannot be used ({reason}).',
    action: 'Leave --port out, and a free one is taken.',
  },
} as const
