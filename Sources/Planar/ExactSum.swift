/// A sum of doubles kept without rounding, as a nonoverlapping expansion in increasing order of
/// magnitude (Shewchuk 1997, theorem 10).
struct ExactSum {
  private var components: [Double] = []

  /// The component of largest magnitude: it has the sign of the sum.
  var leading: Double { components.last ?? 0 }

  mutating func add(_ value: Double) {
    var carry = value
    var kept: [Double] = []
    kept.reserveCapacity(components.count + 1)
    for component in components {
      let (sum, error) = twoSum(carry, component)
      if error != 0 { kept.append(error) }
      carry = sum
    }
    if carry != 0 { kept.append(carry) }
    components = kept
  }

  mutating func add(product a: Double, _ b: Double) {
    let product = a * b
    add((-product).addingProduct(a, b))
    add(product)
  }
}

/// The rounded sum and what rounding took off (Knuth's TwoSum).
@inline(__always)
private func twoSum(_ a: Double, _ b: Double) -> (sum: Double, error: Double) {
  let sum = a + b
  let bVirtual = sum - a
  let aVirtual = sum - bVirtual
  return (sum, (a - aVirtual) + (b - bVirtual))
}
