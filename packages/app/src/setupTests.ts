import '@testing-library/jest-dom';
import { configure } from '@testing-library/dom';

// Plugins are loaded when a page needs them, which takes longer than a second on a busy machine.
configure({ asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);
