export const pluginId = 'modelport';
