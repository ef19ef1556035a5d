#!/usr/bin/env python3
"""Opens report.xlsx and report.docx in LibreOffice and reads what they print.

    python3 tests/office/opens.py OUT [FOLDER]

OUT is the output folder of `brigade compare`. The PDFs go to FOLDER. Needs libreoffice-calc, libreoffice-writer,
poppler-utils and a font with Chinese.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile


def charts_are_below_the_text(workbook):
    """On the first sheet no chart lies over a line."""
    with zipfile.ZipFile(workbook) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        drawing = parts.read("xl/drawings/drawing1.xml").decode()
    last = max(int(row) for row in re.findall(r'<c r="A(\d+)"', sheet))
    anchors = [int(row) for row in re.findall(r"<xdr:from>.*?<xdr:row>(\d+)<", drawing, re.S)]
    assert anchors and last > 5, (anchors, last)
    # Rows of the text count from 1, those of anchors from 0.
    assert min(anchors) >= last, (anchors, last)


def main():
    out = pathlib.Path(sys.argv[1])
    folder = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp())
    answer = json.loads((out / "comparison.json").read_text(encoding="utf-8"))
    best = answer["alternatives"][0]
    mean = best["county"]["mean_response_seconds"]["value"] / 60
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf",
             "--outdir", str(folder), str(out / "report.xlsx")], check=True, stdout=subprocess.DEVNULL, timeout=300)
        (folder / "report.pdf").rename(folder / "workbook.pdf")
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf",
             "--outdir", str(folder), str(out / "report.docx")], check=True, stdout=subprocess.DEVNULL, timeout=300)
        (folder / "report.pdf").rename(folder / "document.pdf")
    charts_are_below_the_text(out / "report.xlsx")
    for name, most in (("workbook", 80), ("document", 30)):
        pdf = folder / f"{name}.pdf"
        text = re.sub(r"\s", "", subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True,
                                                text=True).stdout)
        about = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True).stdout
        pages = int(re.search(r"Pages:\s+(\d+)", about).group(1))
        assert pages <= most, (name, pages)
        assert f"{mean:.1f}" in text, f"{name} does not say {mean:.1f}"
        for site in best["sites"]:
            # Lines break anywhere, between columns too: the beginning of a name is enough.
            heads = [re.sub(r"\s", "", site[key])[:4] for key in ("name", "name_en")]
            assert any(head in text for head in heads), (name, heads)
        assert "#REF" not in text and "Err:" not in text, name
        for section in re.findall(r"见“([^”]+)”", text):
            assert text.count(section) > 1, f"{name} points to {section}, which it lacks"
        print(f"{name}: {pages} pages")


if __name__ == "__main__":
    main()
