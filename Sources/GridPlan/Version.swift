/// The version of the program, as `--version` prints it and reports carry it.
public let gridplanVersion = "0.1.0"
