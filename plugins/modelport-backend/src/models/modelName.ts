import { isStorable } from './storable';

/** Longer names fit neither column nor index. */
export const MAX_MODEL_NAME = 512;

/** Whether a model can be kept under this name. */
export function isModelName(name: string): boolean {
  return name.length > 0 && name.length <= MAX_MODEL_NAME && isStorable(name);
}
