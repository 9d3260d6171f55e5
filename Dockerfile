FROM python:3.12-slim AS build
WORKDIR /src
COPY . .
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.12-slim
# Scans need Tesseract with Vietnamese; add libreoffice-writer here if the ward has .doc files.
RUN apt-get update \
    && apt-get install -y --no-install-recommends tesseract-ocr tesseract-ocr-vie \
    && rm -rf /var/lib/apt/lists/*
COPY constraints.txt /tmp/
COPY --from=build /wheels/*.whl /tmp/
RUN pip install --no-cache-dir --constraint /tmp/constraints.txt /tmp/motcua-*.whl \
    && rm /tmp/constraints.txt /tmp/motcua-*.whl
RUN useradd --create-home --uid 10001 motcua && install --directory --owner motcua --group motcua /data
USER motcua
WORKDIR /home/motcua
ENV MOTCUA_DATA=/data HF_HUB_OFFLINE=1 PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 8000
HEALTHCHECK --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
ENTRYPOINT ["motcua"]
CMD ["serve", "--host", "0.0.0.0"]
