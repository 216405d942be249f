/** WebGPU's names, constants such as GPUBufferUsage included, for everything in this project. */
/// <reference types="@webgpu/types" />
