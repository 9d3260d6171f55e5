"""One small file of every format, made from texts written for these tests."""

import gzip
import json
import shutil
import subprocess
from pathlib import Path

from openpyxl import Workbook
from twins import pdf_twin, scanned, word_twin

PLAN = """ỦY BAN NHÂN DÂN
PHƯỜNG MẪU
Số: 12/KH-UBND
Phường Mẫu, ngày 05 tháng 02 năm 2026
KẾ HOẠCH
Trồng cây xanh trên địa bàn phường Mẫu năm 2026

Căn cứ Quyết định số 34/QĐ-UBND ngày 10/01/2026 của Ủy ban nhân dân tỉnh về phát động trồng cây;

I. MỤC ĐÍCH
1. Mỗi tổ dân phố trồng ít nhất năm cây xanh trong quý đầu năm.
2. Giữ cho hè phố sạch, thoáng và có bóng mát.
- Cây được chăm sóc trong hai năm đầu.
- Cây chết được trồng lại ngay trong mùa mưa.
II. TỔ CHỨC THỰC HIỆN
1. Phòng Kinh tế
a) Lập danh sách đất trống trước ngày 20 tháng 02.
b) Theo dõi việc trồng và báo cáo hằng tháng.
2. Các tổ dân phố
Vận động người dân cùng tham gia.
Kế hoạch này thay thế Kế hoạch số 11/KH-UBND ngày 03/02/2025 của Ủy ban nhân dân phường Mẫu.

Nơi nhận:
- UBND tỉnh;
- Các tổ dân phố;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Nguyễn Văn Mẫu

PHỤ LỤC
CÁC NHIỆM VỤ TRỒNG CÂY NĂM 2026

STT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tKết quả\tThời gian
A\tChuẩn bị\t\t\t\t
1\tKiểm kê đất trống ở các tổ dân phố\tPhòng Kinh tế phường\tCác tổ dân phố\tBản kiểm kê\tTháng 02/2026
2\tChọn giống cây\tPhòng Kinh tế phường; Phòng Văn hóa - Xã hội phường\tCác tổ dân phố\tBản kê\tQuý I/2026
B\tThực hiện\t\t\t\t
1\tTrồng cây đợt đầu, mỗi tổ dân phố ít nhất\tCác tổ dân phố\tPhòng Kinh tế phường\tCây đã trồng\tQuý I/2026

STT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tKết quả\tThời gian
\tnăm cây, có người chăm sóc\t\t\t\t
2\tTưới cây trong mùa khô\tCác tổ dân phố\t\tNhật ký tưới\tThường xuyên
"""

EXPORT = """Chi tiết thủ tục hành chính
Mã thủ tục: 9.000001
Số quyết định: 1/QĐ-MAU
Tên thủ tục: Cấp phép trồng cây mẫu
Cấp thực hiện: Cấp Xã
Loại thủ tục: TTHC mẫu
Lĩnh vực: Cây xanh
Trình tự thực hiện:
    Bước 1: Nộp đơn.
    Bước 2: Nhận giấy phép.

Cách thức thực hiện:
  * Hình thức nộp: DIRECT
    Thời hạn giải quyết: 3 WORKING_DAY
    Phí, lệ phí: 20000 VNĐ (một lần)
  * Hình thức nộp: ONLINE
    Thời hạn giải quyết: 1 OTHER
    Phí, lệ phí: 0 VNĐ ()
    Mô tả: Trả trong 02 ngày làm việc.

Thành phần hồ sơ:
  [ Trồng mới ]
    - Đơn theo mẫu số 01
      Số lượng: Bản chính: 1, Bản sao: 2

Đối tượng thực hiện: Công dân Việt Nam, Tổ chức (không bao gồm doanh nghiệp, HTX)
Cơ quan thực hiện: Ủy ban nhân dân cấp xã
Kết quả thực hiện: Giấy phép
Căn cứ pháp lý:
  * Quy định về cây xanh (01/2020/TT-MAU)

Yêu cầu, điều kiện thực hiện: Không
"""

PAGE = """<html><head><title>x</title><script>var ma = "Mã thủ tục: 8.888888";</script></head><body><nav>Trang chủ</nav>
<dl><dt>Mã thủ tục:</dt><dd>9.000002</dd><dt>Số quyết định:</dt><dd>2/QĐ-MAU</dd><dt>Tên thủ tục:</dt>
<dd>Cấp lại giấy phép trồng cây mẫu</dd></dl><h3>Cách thức thực hiện:</h3>
<table><tr><th>Hình thức nộp</th><th>Thời hạn giải quyết</th><th>Phí, lệ phí</th><th>Mô tả</th></tr>
<tr><td>Trực tiếp</td><td>2 Ngày làm việc</td><td>15000 Đồng</td><td>Nộp tại bộ phận một cửa</td></tr></table>
<h3>Thành phần hồ sơ:</h3><p>- Đơn đề nghị</p><img src="http://192.0.2.1/theo-doi.png">
<h3>Kết quả thực hiện:</h3><p>Giấy phép</p></body></html>"""


def record() -> dict[str, str]:
    return {
        "Mã thủ tục": "9.000003",
        "Tên thủ tục": "Đổi giấy phép trồng cây mẫu",
        "Cách thức thực hiện": "* Hình thức nộp: DIRECT\n"
        " Thời hạn giải quyết: 2 WORKING_DAY\n Phí, lệ phí: Không có thông tin",
        "Thành phần hồ sơ": "- Giấy phép cũ\n  Số lượng: Bản chính: 1, Bản sao: 0",
        "Trình tự thực hiện": "Nộp giấy phép cũ",
        "Đối tượng thực hiện": "Công dân Việt Nam",
        "Căn cứ pháp lý": "Không có thông tin",
    }


def crawled() -> dict[str, str]:
    return {
        "ma_thu_tuc": "9.000004",
        "ten_thu_tuc": "Gia hạn giấy phép trồng cây mẫu",
        "cap_thuc_hien": "Cấp xã",
        "cach_thuc_thuc_hien": "Hình thức nộpThời gianPhí, lệ phíMô tả"
        "Trực tuyến1Miễn phíTrực tiếpKhông có thông tin8,000 VNĐ",
        "thanh_phan_ho_so": "* Giấy tờ phải nộp:Tên giấy tờMẫu đơn, tờ khaiSố lượng"
        "- Đơn gia hạn1 bản chính- Giấy phép cũ0 bản chính",
        "can_cu_phap_ly": "Tên văn bản pháp lýMã văn bản"
        "Quy định về cây xanh01/2020/TT-BXDLuật 52/2014/QH1352/2014/QH13",
        "ket_qua_xu_ly": "Giấy phépMã: KQ.G01.000001Từ khóaKhông có thông tin",
        "trinh_tu_thuc_hien": "Nộp đơn",
    }


def spreadsheet(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["DANH MỤC THỦ TỤC"])
    sheet.append(["STT", "Mã TTHC", "Tên thủ tục hành chính", "Thời hạn giải quyết", "Phí, lệ phí"])
    sheet.append(["I", "Lĩnh vực cây xanh"])
    sheet.append([1, "9.000005", "Cấp giấy chứng nhận vườn mẫu", "05 ngày làm việc", "Không"])
    sheet.append([2, "", "Thiếu mã", "05 ngày", ""])
    book.save(path)
    return path


def sample_files(folder: Path) -> list[Path]:
    """A file of every format in `folder`; .pdf, .doc and pictures only where LibreOffice is installed."""
    texts = {
        "plan.txt": PLAN,
        "thu-tuc.txt": EXPORT,
        "trang.html": PAGE,
        "guide.md": "---\nTiêu đề: Trồng cây\n---\n# Trồng cây\nNội dung.\n",
        "thu-tuc.json": json.dumps([record(), crawled()], ensure_ascii=False),
        "thu-tuc.jsonl": json.dumps(record(), ensure_ascii=False) + "\n",
    }
    files = []
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
        files.append(folder / name)
    packed = folder / "thu-tuc-nen.jsonl.gz"
    packed.write_bytes(gzip.compress(texts["thu-tuc.jsonl"].encode()))
    word = folder / "plan.docx"
    word_twin(PLAN, word)
    files += [packed, word, spreadsheet(folder / "danh-muc.xlsx")]
    if shutil.which("soffice"):
        pdf = pdf_twin(word, folder)
        profile = (folder / "profile").as_uri()
        command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "doc:MS Word 97"]
        subprocess.run([*command, ("--outdir"), str(folder), str(word)], check=True, capture_output=True, timeout=180)
        picture = scanned(pdf, folder / "plan.tif", pages=1)[0]
        picture.save(folder / "plan.png")
        picture.save(folder / "plan.jpg")
        files += [pdf, folder / "plan.doc", folder / "plan.tif", folder / "plan.png", folder / "plan.jpg"]
    return files
