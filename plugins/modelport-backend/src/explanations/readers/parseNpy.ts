/** An array as NumPy writes it; numbers, or texts where its type is one of text. */
export interface NpyArray {
  shape: number[];
  data: ArrayLike<number> | string[];
}

const MAGIC = '\x93NUMPY';
/** Elements of one array. */
const MOST_ELEMENTS = 20_000_000;
const HEADER =
  /^\{\s*'descr':\s*('[^']*'|\[.*\]),\s*'fortran_order':\s*(True|False),\s*'shape':\s*\(([\d,\s]*)\),?\s*\}\s*$/s;

/**
 * Reads one `.npy` array. Arrays of Python objects are pickles, which run code when they are read: they are refused.
 *
 * @throws `Error` that says what is wrong with it.
 */
export function parseNpy(bytes: Uint8Array): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (Buffer.from(bytes.subarray(0, 6)).toString('latin1') !== MAGIC) {
    throw new Error('It is no .npy file');
  }
  const major = bytes.length > 10 ? view.getUint8(6) : 0;
  const sizeBytes = major === 1 ? 2 : 4;
  if (major < 1 || major > 3 || bytes.length < 8 + sizeBytes) {
    throw new Error(`Its version of .npy (${major}) is not read`);
  }
  const length =
    sizeBytes === 2 ? view.getUint16(8, true) : view.getUint32(8, true);
  const start = 8 + sizeBytes + length;
  const text = Buffer.from(bytes.subarray(8 + sizeBytes, start)).toString(
    'latin1',
  );
  const [, descr, fortran, shapeText] = HEADER.exec(text.trim()) ?? [];
  if (descr === undefined || start > bytes.length) {
    throw new Error('Its header is not that of an array of one type');
  }
  const shape = shapeText
    .split(',')
    .map(part => part.trim())
    .filter(Boolean)
    .map(Number);
  const elements = shape.reduce((product, size) => product * size, 1);
  if (!(elements <= MOST_ELEMENTS)) {
    throw new Error(
      `It has ${elements} elements; at most ${MOST_ELEMENTS} are read`,
    );
  }
  const data = readElements(bytes, {
    type: descr.replaceAll("'", ''),
    start,
    elements,
  });
  return {
    shape,
    data:
      fortran === 'True' && shape.length > 1 ? inRowOrder(data, shape) : data,
  };
}

function readElements(
  bytes: Uint8Array,
  options: { type: string; start: number; elements: number },
): NpyArray['data'] {
  const { type, start, elements } = options;
  const [, order, kind, size] =
    /^([<>|=])([fiubUS])(\d{1,6})$/.exec(type) ?? [];
  if (type.includes('O')) {
    throw new Error(
      'It is an array of Python objects (pickle), which is refused: reading one runs its code. Save it with allow_pickle=False.',
    );
  }
  if (kind === undefined) {
    throw new Error(`Arrays of type ${type.slice(0, 40)} are not read`);
  }
  const each = kind === 'U' ? Number(size) * 4 : Number(size);
  if (bytes.length - start < elements * each) {
    throw new Error(
      `It is cut off: ${elements} elements of ${each} bytes are announced, and ${
        bytes.length - start
      } bytes are there`,
    );
  }
  const little = order !== '>';
  const view = new DataView(bytes.buffer, bytes.byteOffset + start);
  if (kind === 'U' || kind === 'S') {
    return Array.from({ length: elements }, (_, place) =>
      readText(view, { at: place * each, each, kind, little }),
    );
  }
  const read = numberReader(view, kind, each, little);
  const data = new Float64Array(elements);
  for (let place = 0; place < elements; place++) {
    data[place] = read(place * each);
  }
  return data;
}

function numberReader(
  view: DataView,
  kind: string,
  each: number,
  little: boolean,
): (at: number) => number {
  switch (`${kind}${each}`) {
    case 'f4':
      return at => view.getFloat32(at, little);
    case 'f8':
      return at => view.getFloat64(at, little);
    case 'i1':
      return at => view.getInt8(at);
    case 'i2':
      return at => view.getInt16(at, little);
    case 'i4':
      return at => view.getInt32(at, little);
    case 'i8':
      return at => Number(view.getBigInt64(at, little));
    case 'u1':
    case 'b1':
      return at => view.getUint8(at);
    case 'u2':
      return at => view.getUint16(at, little);
    case 'u4':
      return at => view.getUint32(at, little);
    case 'u8':
      return at => Number(view.getBigUint64(at, little));
    default:
      throw new Error(`Arrays of type ${kind}${each} are not read`);
  }
}

function readText(
  view: DataView,
  options: { at: number; each: number; kind: string; little: boolean },
): string {
  const { at, each, kind, little } = options;
  let text = '';
  for (let i = at; i < at + each; i += kind === 'U' ? 4 : 1) {
    const code = kind === 'U' ? view.getUint32(i, little) : view.getUint8(i);
    if (code === 0) {
      break;
    }
    text += String.fromCodePoint(Math.min(code, 0x10ffff));
  }
  return text;
}

/** From the order in which the first index runs fastest to that in which the last does. */
function inRowOrder(data: NpyArray['data'], shape: number[]): NpyArray['data'] {
  const strides: number[] = [];
  let stride = 1;
  for (const size of shape) {
    strides.push(stride);
    stride *= size;
  }
  const index = shape.map(() => 0);
  const at = () => index.reduce((sum, i, axis) => sum + i * strides[axis], 0);
  const next = () => {
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]++;
      if (index[axis] < shape[axis]) {
        return;
      }
      index[axis] = 0;
    }
  };
  const places = Array.from({ length: data.length }, () => {
    const place = at();
    next();
    return place;
  });
  return Array.isArray(data)
    ? places.map(place => data[place])
    : Float64Array.from(places, place => data[place]);
}
