import MapFiles
func writeCSV(_ layer: Layer, to path: String, in stage: StagedFiles) throws {
  var text = layer.fields.joined(separator: ",") + "\n"
  for f in layer.features { text += f.values.map { $0.asText ?? "" }.joined(separator: ",") + "\n" }
  try stage.write(text, to: path)
}
