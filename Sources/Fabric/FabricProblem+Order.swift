extension [FabricProblem] {
  /// By kind, subjects and place, whatever order they were found in.
  var inOrder: [FabricProblem] {
    sorted { a, b in
      if a.kind != b.kind { return a.kind < b.kind }
      if a.subjects != b.subjects { return a.subjects.lexicographicallyPrecedes(b.subjects) }
      return a.place.precedes(b.place)
    }
  }
}
