// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "workload-benchmark",
  platforms: [.macOS(.v14)],
  dependencies: [.package(name: "gridplan", path: "../..")],
  targets: [
    .executableTarget(
      name: "workload-benchmark", dependencies: [.product(name: "Workload", package: "gridplan")])
  ]
)
