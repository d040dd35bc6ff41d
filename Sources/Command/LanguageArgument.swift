public import ArgumentParser
public import PlanModel

/// `--lang en` or `--lang zh`.
extension Language: ExpressibleByArgument {}
