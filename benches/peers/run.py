"""Shortest times from 50 nodes to all nodes of one network, by this crate and by other programs.

    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install -r benches/peers/requirements.txt
    /tmp/peers/bin/python benches/peers/run.py [NODES]

All do the same job on the same network in the same run, on one thread. Times are seconds of the
processor (the machine may be shared), the shortest of several rounds; ready hierarchies are
not counted, and printed below. The sums of all times must be equal.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# Before the libraries are loaded.
for threads in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"]:
    os.environ[threads] = "1"

import networkit
import numpy as np
import routingkit_cch
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

ROUNDS = 3


def shortest(work, rounds=ROUNDS):
    """The shortest time of the processor, and what the last round gave."""
    best = float("inf")
    for _ in range(rounds):
        before = time.process_time()
        done = work()
        best = min(best, time.process_time() - before)
    return best, done


def ours(folder, nodes):
    """This crate's part, which writes the network to the folder."""
    root = Path(__file__).resolve().parents[2]
    command = ["cargo", "bench", "--quiet", "--locked", "--bench", "peers", "--", str(folder)]
    out = subprocess.run(command + nodes, cwd=root, check=True, stdout=subprocess.PIPE)
    return json.loads(out.stdout)


def scipy_job(network):
    shape = (len(network["first_out"]) - 1,) * 2
    arrays = (
        network["weight"].astype(float),
        network["head"].astype(np.int32),
        network["first_out"].astype(np.int32),
    )
    graph = csr_array(arrays, shape=shape)
    seconds, times = shortest(lambda: dijkstra(graph, indices=network["origins"]))
    return seconds, int(times[np.isfinite(times)].sum())


def networkit_job(network):
    nodes = len(network["first_out"]) - 1
    graph = networkit.Graph(nodes, weighted=True, directed=True)
    for tail, head, weight in zip(network["tail"], network["head"], network["weight"]):
        graph.addEdge(int(tail), int(head), float(weight))
    networkit.setNumberOfThreads(1)
    origins = network["origins"].tolist()

    def job():
        rows = np.empty((len(origins), nodes))
        for row, origin in zip(rows, origins):
            search = networkit.distance.Dijkstra(graph, origin, storePaths=False)
            search.run()
            row[:] = search.getDistances(asarray=True)
        return rows

    seconds, times = shortest(job)
    return seconds, int(times[times < 1e300].sum())  # The largest float is no way.


def cch_job(network):
    """Customizable contraction hierarchy of RoutingKit, all nodes pinned as targets."""
    nodes = len(network["first_out"]) - 1
    tail, head = network["tail"].tolist(), network["head"].tolist()
    # The order is by the shape alone: any unit will do.
    east, north = network["position"].T.tolist()
    weight = network["weight"].tolist()
    ordering, order = shortest(
        lambda: routingkit_cch.compute_order_inertial(nodes, tail, head, north, east), 1
    )
    contracting, cch = shortest(lambda: routingkit_cch.CCH(order, tail, head, False), 1)
    customizing, metric = shortest(lambda: routingkit_cch.CCHMetric(cch, weight), 1)
    targets = routingkit_cch.CCHOneToMany(metric, list(range(nodes)))
    total = 0
    best = 0.0
    # Its rows are lists, which would take 2 GB kept together: summed one by one, off the clock.
    for origin in network["origins"].tolist():
        seconds, row = shortest(lambda: targets.distances_from(origin))
        best += seconds
        total += sum(time for time in row if time is not None)
    return best, total, ordering + contracting, customizing


def main():
    with tempfile.TemporaryDirectory() as folder:
        figures = ours(folder, sys.argv[1:2])
        network = {
            name: np.fromfile(Path(folder) / name, dtype="<u4")
            for name in ["first_out", "head", "weight", "origins"]
        }
        network["position"] = np.fromfile(Path(folder) / "position", dtype="<f8").reshape(-1, 2)
    counts = np.diff(network["first_out"].astype(np.int64))
    network["tail"] = np.repeat(np.arange(len(counts)), counts)

    jobs = [(job["name"], job["seconds"], job["sum"]) for job in figures["jobs"]]
    jobs.append(("scipy.sparse.csgraph.dijkstra", *scipy_job(network)))
    jobs.append(("networkit Dijkstra", *networkit_job(network)))
    seconds, total, preparing, customizing = cch_job(network)
    jobs.append(("RoutingKit CCH, all pinned", seconds, total))

    sums = {total for _, _, total in jobs}
    rows = next(seconds for name, seconds, _ in jobs if name == "brigade sweep")
    print(f"{figures['nodes']} nodes, {figures['arcs']} arcs, {len(network['origins'])} origins")
    print(f"{'':32}{'seconds':>9}{'of the sweep':>14}  sum")
    for name, seconds, total in sorted(jobs, key=lambda job: -job[1]):
        print(f"{name:32}{seconds:9.4f}{seconds / rows:14.1f}  {total}")
    print(f"{'the rows only written':32}{figures['written']:9.4f}{figures['written'] / rows:14.1f}")
    print(
        f"preparation: brigade {figures['preparation']:.2f}, RoutingKit {preparing:.2f}; "
        f"customization: {figures['customization']:.3f}, {customizing:.3f}"
    )
    if len(sums) != 1:
        sys.exit(f"the sums differ: {sums}")
    print("all sums are equal")


if __name__ == "__main__":
    main()
