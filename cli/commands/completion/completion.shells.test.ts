import { describeShell } from '../../testing/completion.ts';

describeShell('zsh');
describeShell('fish');
