// What was downloaded, as text; fails on a file that is not whole. (The program writes text into the cells themselves.)
import { execFileSync } from 'node:child_process';

const SHEET_OF_WORKBOOK = `
import sys, zipfile
book = zipfile.ZipFile(sys.argv[1])
assert book.testzip() is None
print(book.read('xl/worksheets/sheet1.xml').decode())
`;

export function textOfXlsx(file) {
  return execFileSync('python3', ['-c', SHEET_OF_WORKBOOK, file], { encoding: 'utf8' });
}

export function textOfPdf(bytes) {
  return execFileSync('pdftotext', ['-layout', '-', '-'], { input: bytes, encoding: 'utf8' });
}
