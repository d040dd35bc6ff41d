/// The parts of a small workbook, to be changed by tests.
struct WorkbookParts {
  var types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"
  var workbook = """
    <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" \
    xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr/>\
    <sheets><sheet name="表1" sheetId="1" r:id="rId1"/></sheets></workbook>
    """
  var relations = """
    <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
    <Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>\
    <Relationship Id="rId2" Type="http://x/sharedStrings" Target="/xl/sharedStrings.xml"/>\
    <Relationship Id="rId3" Type="http://x/styles" Target="styles.xml"/></Relationships>
    """
  var strings: String? = "<sst><si><t>id</t></si><si><t>lon</t></si><si><t>lat</t></si><si><r><t>甲</t></r><rPh><t>jia</t></rPh><r><t>乙</t></r></si></sst>"
  var styles: String? = """
    <styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-804]yyyy&quot;年&quot;m&quot;月&quot;d"/>\
    <numFmt numFmtId="165" formatCode="0.00&quot;d&quot;"/><numFmt numFmtId="166" formatCode="[h]:mm"/></numFmts>\
    <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/>\
    <xf numFmtId="20"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs></styleSheet>
    """
  var sheet = WorkbookParts.sheet(
    #"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>"#
      + #"<row r="2"><c r="A2" t="s"><v>3</v></c><c r="B2"><v>116.4</v></c><c r="C2"><v>39.9</v></c></row>"#)

  static func sheet(_ rows: String, after: String = "") -> String {
    "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>\(rows)</sheetData>\(after)</worksheet>"
  }

  /// A header of `a`, `b` in inline text, and one row of two cells.
  static func row(_ first: String, _ second: String) -> String {
    sheet(
      #"<row><c t="inlineStr"><is><t>a</t></is></c><c t="inlineStr"><is><t>b</t></is></c></row><row>"# + first + second + "</row>")
  }

  var archive: ZipBuilder {
    ZipBuilder(texts: [
      ("[Content_Types].xml", types), ("xl/workbook.xml", workbook), ("xl/_rels/workbook.xml.rels", relations),
      ("xl/worksheets/sheet1.xml", sheet),
    ] + (strings.map { [("xl/sharedStrings.xml", $0)] } ?? []) + (styles.map { [("xl/styles.xml", $0)] } ?? []))
  }

  static func changed(_ change: (inout WorkbookParts) -> Void) -> [UInt8] {
    var parts = WorkbookParts()
    change(&parts)
    return parts.archive.bytes
  }
}
