// The page of bundles: the files of deploy/ with their verdicts, the versions of each bundle, publishers and revocations.

import {files} from './files.js';
import {Page} from './page.js';
import {trust} from './trust.js';
import {watchForJars} from './upload.js';
import {versions} from './versions.js';

const page = new Page({files, versions, trust}, ({view}) => (view === 'versions' || view === 'trust' ? view : 'files'));
await page.start();
watchForJars(page);
