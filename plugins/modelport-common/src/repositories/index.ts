export * from './checkedFiles';
export * from './checkRepository';
export * from './readTemplateRecord';
export * from './templateVersion';
