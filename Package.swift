// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// Warnings are errors in CI only, so that a newer Swift never breaks a build elsewhere.
let strict: [SwiftSetting] =
  ProcessInfo.processInfo.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)]

let settings: [SwiftSetting] =
  [
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
  ] + strict

/// A module of the library. `uses` lists what lies below it: arrows point down only.
func module(_ name: String, uses dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, uses dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let sqlite = [
  Target.Dependency.product(name: "GRDB", package: "GRDB.swift"),
  Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift"),
]
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "gridplan",
  platforms: [.macOS(.v14)],
  products: [
    .library(name: "GridPlan", targets: ["GridPlan"]),
    .library(name: "Coverage", targets: ["Coverage"]),
    .library(name: "Workload", targets: ["Workload"]),
    .library(name: "MapFiles", targets: ["MapFiles"]),
    .executable(name: "gridplan", targets: ["gridplan-command"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CGEOS", pkgConfig: "geos", providers: [.apt(["libgeos-dev"]), .brew(["geos"])]),
    .systemLibrary(
      name: "CPROJ", pkgConfig: "proj", providers: [.apt(["libproj-dev"]), .brew(["proj"])]),
    .systemLibrary(
      name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"]), .brew(["libzip"])]),
    .systemLibrary(
      name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"]), .brew(["expat"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

    // Values.
    module("Planar"),
    module("Parallel"),
    module("PlanModel", uses: ["Planar"]),

    // C libraries behind values.
    module("Topology", uses: ["CGEOS", "Planar"]),
    module("Checksum", uses: [.target(name: "CCrypto", condition: .when(platforms: [.linux]))]),
    module("Georeference", uses: ["CPROJ", "Planar", "Parallel"]),

    // Files.
    module("MapFiles", uses: ["PlanModel", "Topology", "Georeference", "Planar", "Parallel", "CZip", "CExpat"] + sqlite),

    // Work, each on its own.
    module("Assignment", uses: ["MapFiles", "Georeference", "PlanModel", "Planar", "Parallel"]),
    module("Checks", uses: ["MapFiles", "Topology", "Georeference", "PlanModel", "Planar", "Parallel"]),
    module("Reconcile", uses: ["MapFiles", "Topology", "Georeference", "PlanModel", "Planar", "Parallel"]),
    module("Fabric", uses: ["Topology", "PlanModel", "Planar", "Parallel"]),
    module("Redraw", uses: ["Parallel"]),
    module("Workload", uses: ["PlanModel", "Planar", "Parallel"]),
    module("Coverage", uses: ["PlanModel", "Planar", "Parallel"]),
    .target(name: "PageAssets", resources: [.embedInCode("Resources")], swiftSettings: settings),
    module("MapPage", uses: ["PageAssets", "MapFiles", "Checksum", "PlanModel", "Planar"]),
    module("SyntheticTown", uses: ["MapFiles", "Georeference", "PlanModel", "Planar"]),

    // The whole.
    module(
      "GridPlan",
      uses: [
        "MapPage", "Checks", "Reconcile", "Assignment", "Fabric", "Redraw", "Workload", "Coverage", "MapFiles",
        "Topology", "Georeference", "PlanModel", "Planar", "Parallel", "SyntheticTown", "Checksum", yams,
      ]),
    .executableTarget(
      name: "gridplan-command",
      dependencies: [
        "GridPlan", "Checks", "Reconcile", "Assignment", "Redraw", "Workload", "Coverage", "MapFiles", "Georeference",
        "SyntheticTown", "PlanModel", "Planar", "Parallel", argumentParser,
      ],
      path: "Sources/Command",
      swiftSettings: settings),

    tests("PlanarTests", uses: ["Planar"]),
    tests("TopologyTests", uses: ["Topology", "Planar"]),
    tests("GeoreferenceTests", uses: ["Georeference", "Planar"]),
    tests("MapFilesTests", uses: ["MapFiles", "Planar", "PlanModel"] + sqlite, resources: [.copy("Fixtures")]),
    tests("AssignmentTests", uses: ["Assignment", "MapFiles", "Planar"]),
    tests("ChecksTests", uses: ["Checks", "MapFiles", "Topology", "Georeference", "PlanModel", "Planar"]),
    tests("ReconcileTests", uses: ["Reconcile", "MapFiles", "Georeference", "PlanModel", "Planar"]),
    tests("MapPageTests", uses: ["MapPage", "Planar"]),
    tests("FabricTests", uses: ["Fabric", "Topology", "Planar"]),
    tests("RedrawTests", uses: ["Redraw"]),
    tests("WorkloadTests", uses: ["Workload", "PlanModel", "Planar"]),
    tests("CoverageTests", uses: ["Coverage", "Planar", "PlanModel"]),
    tests("SyntheticTownTests", uses: ["SyntheticTown", "GridPlan", "MapFiles", "PlanModel", "Planar"]),
    tests("GridPlanTests", uses: ["GridPlan", "Checks", "Topology", "Georeference", "MapFiles", "PlanModel", "Planar"]),
    // End to end, through the built program.
    tests("CommandTests", uses: ["MapFiles", "Topology", "Planar", "gridplan-command"]),
  ]
)
