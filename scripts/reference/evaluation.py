"""Makes test/evaluate/reference/scikit-learn.json: figures of scikit-learn, SciPy and NumPy for a random sample.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install scikit-learn
    /tmp/venv/bin/python scripts/reference/evaluation.py > test/evaluate/reference/scikit-learn.json

The versions that made the stored file are in it. The sample is seeded; its probabilities are rounded to hundredths, so
that many are equal.
"""

import json
import sys

import numpy as np
import scipy
import sklearn
from scipy.stats import binomtest
from sklearn.calibration import calibration_curve
from sklearn.metrics import (
    accuracy_score, auc, average_precision_score, confusion_matrix, log_loss,
    precision_recall_curve, precision_recall_fscore_support, roc_auc_score, roc_curve,
)

COMMAND = "python scripts/reference/evaluation.py > test/evaluate/reference/scikit-learn.json"
N, CLASSES, NO_TUMOUR = 400, 4, 2


def sample(rng):
    """Truth and probabilities in hundredths that sum to exactly 100."""
    truth = rng.choice(CLASSES, N, p=[0.35, 0.15, 0.3, 0.2])
    logits = rng.normal(0, 1.3, (N, CLASSES))
    logits[np.arange(N), truth] += 2
    exact = 100 * np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    hundredths = np.floor(exact).astype(int)
    for row, rest in zip(hundredths, exact - hundredths):
        row[np.argsort(-rest)[: 100 - row.sum()]] += 1
    return truth, hundredths


def top_label_error(confidence, right, bins):
    """ECE from calibration_curve's means and the counts of the same bins."""
    accuracy, mean = calibration_curve(right, confidence, n_bins=bins)
    edges = np.linspace(0, 1, bins + 1)
    counts = np.bincount(np.searchsorted(edges[1:-1], confidence), minlength=bins)
    counts = counts[counts > 0]
    return float(np.sum(counts / len(right) * np.abs(accuracy - mean)))


def per_class(truth, p):
    one = [(truth == c).astype(int) for c in range(CLASSES)]
    return {
        "auroc": [roc_auc_score(one[c], p[:, c]) for c in range(CLASSES)],
        "auprc": [average_precision_score(one[c], p[:, c]) for c in range(CLASSES)],
    }


def specificities(counts):
    total = counts.sum()
    rest = [total - counts[c].sum() for c in range(CLASSES)]
    return [float((rest[c] - counts[:, c].sum() + counts[c, c]) / rest[c]) for c in range(CLASSES)]


def tumour(truth, p):
    positive, score = truth != NO_TUMOUR, 1 - p[:, NO_TUMOUR]
    fpr, tpr, _ = roc_curve(positive, score, drop_intermediate=False)
    precision, recall, _ = precision_recall_curve(positive, score)
    return {
        "auroc": auc(fpr, tpr),
        "auprc": average_precision_score(positive, score),
        "roc": np.column_stack([fpr, tpr]).tolist(),
        "precisionRecall": np.column_stack([recall, precision])[::-1][1:].tolist(),
        "sensitivityAtSpecificity": {str(s): float(tpr[1 - fpr >= s - 1e-12].max()) for s in (0.9, 0.95, 0.99)},
        "specificityAtSensitivity": {str(s): float((1 - fpr)[tpr >= s - 1e-12].max()) for s in (0.95, 0.98, 0.99)},
    }


def exact(hits, n):
    interval = binomtest(hits, n).proportion_ci(0.95, method="exact")
    return [hits, n, interval.low, interval.high]


def main():
    truth, hundredths = sample(np.random.default_rng(20261124))
    p = hundredths / 100
    # "No tumour" only where it is more probable than all tumours together, as `calledLabel` says.
    tumours = np.where(np.arange(CLASSES) == NO_TUMOUR, -1, p)
    called = np.where(p[:, NO_TUMOUR] > 0.5, NO_TUMOUR, tumours.argmax(axis=1))
    confidence, right = p[np.arange(N), called], (called == truth)
    counts = confusion_matrix(truth, called, labels=range(CLASSES))
    precision, recall, f1, _ = precision_recall_fscore_support(truth, called, labels=range(CLASSES))
    one_hot = np.eye(CLASSES)[truth]
    quantiles = np.quantile(confidence, [0.025, 0.3, 0.975])
    json.dump({
        "command": COMMAND,
        "versions": {"python": sys.version.split()[0], "scikit-learn": sklearn.__version__,
                     "scipy": scipy.__version__, "numpy": np.__version__},
        "truth": truth.tolist(), "hundredths": hundredths.tolist(),
        "confusion": counts.tolist(), "accuracy": accuracy_score(truth, called),
        "precision": precision.tolist(), "recall": recall.tolist(), "f1": f1.tolist(),
        "specificity": specificities(counts),
        **per_class(truth, p),
        "macroAuroc": roc_auc_score(truth, p, multi_class="ovr", average="macro"),
        "nll": log_loss(truth, p), "brier": float(((p - one_hot) ** 2).sum(axis=1).mean()),
        "ece15": top_label_error(confidence, right, 15), "ece10": top_label_error(confidence, right, 10),
        "tumour": tumour(truth, p),
        "quantiles": {"q": [0.025, 0.3, 0.975], "values": quantiles.tolist()},
        "exact": [exact(*pair) for pair in ((0, 300), (1, 20), (37, 400), (399, 400), (5, 5), (3000, 6292))],
        "mcnemar": [[b, c, binomtest(min(b, c), b + c, 0.5).pvalue] for b, c in ((1, 9), (5, 5), (30, 12), (0, 3))],
    }, sys.stdout)
    print()


main()
