# brigade verify
verify-figure = figure
verify-simulated = simulated
verify-error = ± 1 s.e.
verify-theory = theory
verify-z = z
verify-judged = judged
verify-off = OFF
verify-model = { $theory }: { $model }
verify-erlang-b = Erlang B
verify-erlang-c = Erlang C
verify-insensitivity = insensitivity
verify-infinite-servers = M/G/∞
verify-hypercube = hypercube
verify-one-station = { $engines ->
    [one] 1 engine
   *[other] { $engines } engines
}, { $erlangs } erlangs, { $service }
verify-engines-to-spare = { $erlangs } erlangs, { $service }
verify-many-stations-loss = { $engines } engines, { $points } points, { $erlangs } erlangs each, calls lost
verify-many-stations-queue = { $engines } engines, { $points } points, { $erlangs } erlangs each, calls queued
verify-service = { $shape } service
verify-service-spread = { $shape } service, deviation { $spread } × mean
verify-lost = share of calls lost
verify-waits = share of calls that wait
verify-mean-wait = mean wait, in services
verify-find-busy = share of calls that find { $engines } engines busy
verify-mean-busy = mean number busy
verify-workload = workload of engine { $engine }
verify-answered-by = share of point { $point } answered by engine { $engine } (worst pair)
verify-summary = { $agree } of { $figures ->
    [one] 1 figure
   *[other] { $figures } figures
} within { $limit } standard errors of theory ({ $replications ->
    [one] 1 replication
   *[other] { $replications } replications
}, seed { $seed }).
