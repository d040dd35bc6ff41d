import Testing

@testable import MapPage

@Suite struct MeasureTests {
  private func column(_ values: [Double?], decimals: Int = 0) -> FigureColumn {
    FigureColumn("households", Phrase("Households", "户数"), decimals: decimals, values)
  }

  @Test func limitsAreRoundAndClassesAboutEven() {
    let values = (0..<1000).map { 287 + Double($0 * 7919 % 1000) * 0.221 }
    let measure = MapMeasure.classes(of: column(values), colors: ColorScheme.counts)
    #expect(measure.classes.count == 5)
    for limit in measure.classes.dropLast().map(\.upper) {
      #expect(limit.truncatingRemainder(dividingBy: 10) == 0, "\(limit)")
    }
    let counts = measure.classes.indices.map { index in
      values.count { measure.color(of: $0) == measure.classes[index].color }
    }
    #expect(counts.reduce(0, +) == 1000)
    #expect(counts.allSatisfy { (150...250).contains($0) }, "\(counts)")
  }

  @Test func fewWholeNumbersHaveAClassEach() {
    let measure = MapMeasure.classes(of: column([1, 2, 2, 4, nil]), colors: ColorScheme.work)
    #expect(measure.classes.map(\.upper) == [1, 2, 4])
    #expect(measure.classes.map(\.label.en) == ["1", "2", "4"])
    #expect(measure.color(of: nil) == MapMeasure.unknownColor)
  }

  @Test func oneValueIsOneClass() {
    #expect(MapMeasure.classes(of: column([7.5, 7.5]), colors: ColorScheme.work).classes.count == 1)
    #expect(MapMeasure.classes(of: column([nil]), colors: ColorScheme.work).classes.isEmpty)
  }

  @Test func deviationsFallIntoTheirClasses() {
    let column = FigureColumn("deviation", Phrase(verbatim: ""), kind: .share, [])
    let measure = MapMeasure.deviation(of: column)
    let classes = [-0.5, -0.2, -0.15, -0.1, 0, 0.1, 0.15, 3].map { value in
      measure.classes.firstIndex { value <= $0.upper }
    }
    #expect(classes == [0, 0, 1, 1, 2, 2, 3, 4])
  }

  @Test(arguments: [
    (0.0, 0, "0"), (1234567, 0, "1,234,567"), (-1234.5, 1, "-1,234.5"), (0.046, 2, "0.05"), (-0.004, 2, "0.00"),
  ]) func numbersAreWritten(value: Double, decimals: Int, text: String) {
    #expect(decimal(value, decimals) == text)
  }
}
