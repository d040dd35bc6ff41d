/// Colours that colour-blind eyes tell apart, light enough for dark labels; after ColorBrewer's
/// schemes PuOr, YlGnBu, YlOrBr, Purples and BrBG and the palette of Okabe and Ito.
public enum ColorScheme {
  public static let diverging = ["#9a7fb8", "#d5c8e3", "#f7f4ec", "#fdcc8a", "#f08c3a"]
  public static let counts = ["#f3f8e6", "#cde8cf", "#93d0c8", "#55a9c6", "#3a7fb0"]
  public static let work = ["#fff8e1", "#fee3a2", "#fdc36c", "#ee9a3a", "#cc6f16"]
  public static let watch = ["#f5f2f9", "#dcd6ec", "#bcb3db", "#988cc4", "#7663a8"]
  public static let shape = ["#b9803f", "#e2c992", "#f4f1e8", "#93d0c4", "#4ea99a"]
  /// Within bounds, below, above, and a large unit that stands alone.
  public static let verdicts = ["#cfe3d6", "#9a7fb8", "#e8853d", "#f2d16b"]
}
