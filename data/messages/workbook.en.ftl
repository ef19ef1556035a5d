# report.xlsx and report.docx

sheet-alternatives = Alternatives
sheet-low = low
sheet-high = high
too-few = too few
sheet-alternatives-remark = Times run from the call to the first engine; low and high are the ends of the 95% interval, "too few" means too few calls for one; differences are paired over the same calls.
sheet-costs-remark = Prices and staffing are mostly assumed: see the sheet on the data basis. Residents by expected times, every engine at home.
sheet-towns = Towns
sheet-towns-remark = Best: { $best }. Times run from the call to the first engine.
sheet-worklist = Worklist
sheet-worklist-remark = Demand points that the best alternative is expected to reach beyond "{ $standard }", for the grid staff of each town. Every engine at home, every stage at its mean. Where the basis is "modelled", check the position first.
sheet-engines = Engines
sheet-engines-remark = Share of the simulated time that an engine is out, from turnout to return, on average; low and high are the ends of the 95% interval, "too few" means too few runs for one.
sheet-standards = Standards
sheet-standards-remark = The official texts govern.
sheet-distribution = Distribution
sheet-distribution-remark = Share of simulated calls whose first engine had arrived by then.
sheet-chart-distribution = Share of calls reached, by minutes from the call
sheet-chart-minutes = minutes from the call
sheet-chart-town-p90 = 90th percentile of response by town (min from the call)

document-conclusion = 1. Conclusion
document-alternatives = 2. Alternatives
document-alternatives-remark = Ranked by { $ranked }. In brackets: 95% interval, "too few" where calls are too few for one; =: a tie with the best ({ $tie }); ≈: cannot be distinguished from it.
document-charts = 3. Charts
document-basis = 4. Data basis
