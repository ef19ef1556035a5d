#!/usr/bin/env python3
"""Whether the z-scores of `brigade verify`, over the runs of many seeds, follow Student's t, on which its limit rests.

    .ci/z_scores.py REPLICATIONS RUN.txt…

Each figure's scores are put through the distribution function of Student's t, and Kolmogorov's distance from the
uniform distribution is held against what 1 in 1,000 of such tests exceeds, shared among all figures (Bonferroni).
Figures that are the furthest of several are another law's, and those that are hit to the last place in most runs
have none. Ends with code 1 when a figure does not follow.
"""

import bisect
import math
import re
import sys

SCORE = re.compile(r" ([+-]\d+\.\d\d)(?:  \S+)?\s*$")


def scores_of(text):
    rows = [line for line in text.splitlines() if SCORE.search(line)]
    is_furthest = lambda row: "(furthest" in row or "偏差最大）" in row
    return [(row[:50].strip(), float(SCORE.search(row)[1])) for row in rows if not is_furthest(row)]


def distribution(degrees, step=0.005, most=40.0):
    """The distribution function of Student's t, by Simpson's rule."""
    scale = math.exp(math.lgamma((degrees + 1) / 2) - math.lgamma(degrees / 2)) / math.sqrt(degrees * math.pi)
    density = lambda x: scale * (1 + x * x / degrees) ** (-(degrees + 1) / 2)
    points, shares = [0.0], [0.5]
    while points[-1] < most:
        x = points[-1]
        shares.append(shares[-1] + step / 6 * (density(x) + 4 * density(x + step / 2) + density(x + step)))
        points.append(x + step)
    upper = lambda x: shares[min(bisect.bisect_left(points, x - step / 2), len(shares) - 1)]
    return lambda x: upper(x) if x >= 0 else 1 - upper(-x)


def distance(scores, cdf):
    shares = sorted(map(cdf, scores))
    count = len(shares)
    return max(max(share - index / count, (index + 1) / count - share) for index, share in enumerate(shares))


def main():
    replications, runs = int(sys.argv[1]), [scores_of(open(path, encoding="utf-8").read()) for path in sys.argv[2:]]
    assert runs and all(len(run) == len(runs[0]) for run in runs), "every run has the same figures"
    cdf = distribution(replications - 1)
    # The others are exact but for calls that the end of the horizon cuts off.
    is_drawn = lambda of: 2 * sum(score != 0 for _, score in of) > len(of)
    figures = [of for of in zip(*runs) if is_drawn(of)]
    assert len(figures) > 100, "the table of `brigade verify` is read"
    limit = math.sqrt(-math.log(0.001 / len(figures) / 2) / (2 * len(runs)))
    furthest = max(abs(score) for run in runs for _, score in run)
    distances = sorted(((distance([score for _, score in of], cdf), of[0][0]) for of in figures), reverse=True)
    for found, name in distances[:5]:
        print(f"{found:.4f}  {name}")
    off = sum(found > limit for found, _ in distances)
    print(f"{len(runs)} runs of {len(figures)} figures: Kolmogorov's distance at most {distances[0][0]:.4f}, limit "
          f"{limit:.4f}, {off} beyond; the largest score is {furthest:.2f}")
    return 1 if off else 0


if __name__ == "__main__":
    sys.exit(main())
