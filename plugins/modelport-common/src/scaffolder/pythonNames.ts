const words = (text: string) => new Set(text.trim().split(/\s+/));

/** Keywords, the soft ones too: nothing can be imported under them. */
export const PYTHON_KEYWORDS = words(`
  and as assert async await break case class continue def del elif else except false finally for from global if import
  in is lambda match none nonlocal not or pass raise return true try type while with
`);

/** Modules of Python itself, 3.11 to 3.13: it finds them before any package of their name. */
const STANDARD = words(`
  abc aifc antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii bisect builtins
  bz2 calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys compileall concurrent configparser
  contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses datetime dbm decimal difflib dis distutils
  doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools
  gc genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp
  importlib inspect io ipaddress itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal
  math mimetypes mmap modulefinder multiprocessing netrc nis nntplib ntpath numbers opcode operator optparse os
  ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint profile
  pstats pty pwd pyclbr pydoc pyexpat queue quopri random re readline reprlib resource rlcompleter runpy sched secrets
  select selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 ssl stat
  statistics string stringprep struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile
  termios textwrap this threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle
  turtledemo types typing unicodedata unittest urllib uu uuid venv warnings wave weakref webbrowser winreg winsound
  wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo
`);

/** What repositories install, by the names under which it is imported and asked for, and their own folders of code. */
const INSTALLED = words(`
  airflow alembic apache_airflow azure azure_ai_ml azure_identity boto3 botocore click cloudpickle confluent_kafka
  databricks databricks_sdk dbt dbt_core dbt_duckdb docker duckdb evidently fairlearn fastapi feast flask google graphene
  gunicorn httpx huey hypothesis jinja2 joblib keras kserve kubernetes lightgbm matplotlib mlflow mlflow_skinny
  mlflow_tracing mypy numpy onnx opentelemetry optuna packaging pandas pandera pillow pip plotly polars
  prometheus_client protobuf pyarrow pydantic pyright pytest pyyaml requests ruff sagemaker scikit_learn scipy setuptools
  shap sklearn skops sqlalchemy starlette tensorflow tensorflow_cpu test tests torch tqdm ty uv uvicorn wheel xgboost
  xgboost_cpu yaml
`);

/** Folders of repositories and of what is packed for MLflow, some of them in the path on which Python looks. */
const FOLDERS = words(`
  artifacts bin build conf config data decision definitions dist docs env features infra lib mlruns model models
  monitor orchestration pipeline reports sample scripts serve targets terraform train transform versions
`);

/** Whether repositories have a folder or a script of a name. */
export function isTakenFolder(name: string): boolean {
  return FOLDERS.has(name);
}

/** Whether something else is found under the name of a module. */
export function isTakenModule(name: string): boolean {
  return STANDARD.has(name) || INSTALLED.has(name);
}
