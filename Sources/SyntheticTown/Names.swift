/// Names that tell their kind: every one begins with 示范 ("model, sample").
enum Names {
  private static let first: [Character] = Array("春夏秋冬晨朝晓旭星月云霞松竹梅兰桂荷枫柏清明和安康宁福乐祥瑞锦华文德")
  private static let second: [Character] = Array("晖光风雨泉溪江湖山林园苑庭台桥亭阳辉荣秀雅静怡欣茂盛昌隆平远达")

  /// A word of two characters; the first 1,000 or so are all different, later ones carry a number.
  static func word(_ index: Int) -> String {
    let all = first.count * second.count
    let round = index / all
    // A stride with no factor in common with `all` walks through every pair.
    let pair = (index % all) * stride % all
    return String([first[pair / second.count], second[pair % second.count]]) + (round == 0 ? "" : String(round + 1))
  }

  private static let stride: Int = {
    let all = first.count * second.count
    var stride = all * 5 / 13
    while gcd(stride, all) != 1 { stride += 1 }
    return stride
  }()

  private static func gcd(_ a: Int, _ b: Int) -> Int { b == 0 ? a : gcd(b, a % b) }
}
