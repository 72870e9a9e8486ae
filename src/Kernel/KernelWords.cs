namespace Lodestone.Kernel;

/// <summary>Names the kernel's resource file.</summary>
public sealed class KernelWords;
