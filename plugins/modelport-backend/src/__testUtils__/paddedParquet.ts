/** Parquet with room before its footer that belongs to no column, as large as wanted. */
export function paddedParquet(parquet: Buffer, bytes: number): Buffer {
  const footer = parquet.readUInt32LE(parquet.length - 8) + 8;
  return Buffer.concat([
    parquet.subarray(0, -footer),
    Buffer.alloc(bytes),
    parquet.subarray(-footer),
  ]);
}
