# JupyterLab on explore.ipynb:
#   docker build -t budgetkit . && docker run --rm -p 8888:8888 budgetkit
# and open the address that it prints.
FROM python:3.11-slim

# The pins first: they change less often than the code.
COPY requirements.txt /src/
RUN pip install --no-cache-dir -r /src/requirements.txt
COPY . /src
RUN pip install --no-cache-dir --no-deps --no-build-isolation /src && rm -rf /src

RUN useradd --create-home reader
USER reader
RUN budgetkit new /home/reader/project --lang en
WORKDIR /home/reader/project
EXPOSE 8888
CMD ["budgetkit", "lab", "--no-browser", "--ip=0.0.0.0", "--port=8888", \
     "--LabApp.default_url=/lab/tree/explore.ipynb"]
