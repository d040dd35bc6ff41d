#!/usr/bin/env python3
"""Makes the workbooks and archives of the tests (python3-openpyxl, python3-xlsxwriter).

    /usr/bin/python3 Tests/MapFilesTests/Fixtures/make_tables.py
"""
import datetime, os, zipfile
import openpyxl, xlsxwriter

os.chdir(os.path.dirname(os.path.abspath(__file__)))
WHEN = (2000, 1, 1, 0, 0, 0)


def steady(path):
    """The same archive with fixed times."""
    with zipfile.ZipFile(path) as old:
        parts = [(i.filename, old.read(i)) for i in old.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts:
            new.writestr(zipfile.ZipInfo(name, WHEN), content, zipfile.ZIP_DEFLATED)


def openpyxl_table():
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = datetime.datetime(2000, 1, 1)
    sheet = book.active
    sheet.title = "住户"
    sheet.append(["朝阳社区住户统计表"])
    sheet.append(["编号", "经度", "纬度", "户数", "日期", "时间", "备注", "公式"])
    sheet.append(["001", 116.404, 39.915, 3, datetime.date(2024, 5, 31), datetime.time(8, 30), 'a,b "c"\nx', "=D3*2"])
    sheet.append(["002", 116.405, 39.916, 4, datetime.datetime(2024, 5, 31, 8, 30), None, None, "=NA()"])
    sheet.append([None] * 8)
    sheet.append(["003", 116.406, 39.917, 320508019044, datetime.date(1900, 1, 15), None, True, 1.1])
    sheet.merge_cells("A1:H1")
    book.create_sheet("人口").append(["a", "b"])
    book.save("openpyxl.xlsx")


def xlsxwriter_table():
    book = xlsxwriter.Workbook("xlsxwriter.xlsx", {"default_date_format": 'yyyy"年"m"月"d"日"'})
    book.set_properties({"created": datetime.datetime(2000, 1, 1)})
    hidden = book.add_worksheet("说明")
    hidden.write(0, 0, "not this")
    sheet = book.add_worksheet("grids")
    sheet.activate()
    sheet.set_first_sheet()
    hidden.hide()
    sheet.write_row(0, 0, ["x", "y", "name", "when", "note"])
    bold = book.add_format({"bold": True})
    for row in range(1, 4):
        sheet.write_row(row, 0, [500000.25 * row, 4000000, "格 <%d> & " % row])
        sheet.write_datetime(row, 3, datetime.datetime(2024, 2, 28 + row % 2, 0, 0))
    sheet.write_rich_string(1, 4, "plain ", bold, "bold", " plain")
    sheet.write_formula(2, 4, "=A3*2", None, 2000001)
    sheet.set_row(3, None, None, {"hidden": True})
    book.close()


def shapefile_archive():
    with zipfile.ZipFile("shapes.zip", "w") as archive:
        def add(name, content):
            archive.writestr(zipfile.ZipInfo(name, WHEN), content, zipfile.ZIP_DEFLATED)
        add("readme.txt", b"not a table")
        add("__MACOSX/._areas.shp", b"no")
        for stem, folder, upper in (("areas-gbk", "图层/", True), ("lines-utf8", "", False)):
            for suffix in ("shp", "dbf", "cpg", "prj"):
                with open(f"{stem}.{suffix}", "rb") as f:
                    add(folder + stem + "." + (suffix.upper() if upper else suffix), f.read())
        with open("layers.gpkg", "rb") as f:
            add("layers.gpkg", f.read())


openpyxl_table()
steady("openpyxl.xlsx")
xlsxwriter_table()
steady("xlsxwriter.xlsx")
shapefile_archive()
