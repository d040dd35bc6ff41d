public import ArgumentParser
public import GridPlan
public import PlanModel

/// `--lang en` or `--lang zh`.
extension Language: ExpressibleByArgument {}

/// `--map published`, `--map internal` or `--map none`.
extension MapChoice: ExpressibleByArgument {}

/// `--balance households` or `--balance workload`.
extension GridRules.Equal: ExpressibleByArgument {}
