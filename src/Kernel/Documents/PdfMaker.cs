using System.Diagnostics;

namespace Lodestone.Kernel.Documents;

/// <summary>
/// Turns a .docx into PDF by LibreOffice where the machine has it. One at a time, each in a profile of its own that is thrown away, and never
/// longer than <see cref="s_limit"/>: an office that hangs must not take the platform along.
/// </summary>
public sealed class PdfMaker : IDisposable
{
    /// <summary>The media type of the file.</summary>
    public const string MediaType = "application/pdf";

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(90);
    private static readonly string[] s_programs = ["soffice", "libreoffice"];

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly string? _program;

    /// <param name="search">Folders where the program is looked for, separated as in PATH; the machine's own when left out.</param>
    public PdfMaker(string? search = null) => _program = (search ?? Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => s_programs.Select(program => Path.Combine(folder, program))).FirstOrDefault(File.Exists);

    /// <summary>Whether this machine can.</summary>
    public bool IsHere => _program is not null;

    /// <exception cref="Refusal"><c>document.no-pdf</c>: this machine has no LibreOffice; <c>document.pdf-failed</c> (503): it gave up or took too long.</exception>
    public async Task<byte[]> MakeAsync(byte[] document, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (_program is null)
        {
            throw new Refusal("document.no-pdf");
        }

        await _one.WaitAsync(cancel);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("lodestone-pdf-");
        try
        {
            string source = Path.Combine(folder.FullName, "paper.docx");
            await File.WriteAllBytesAsync(source, document, cancel);
            await RunAsync(_program, folder.FullName, source, cancel);
            string made = Path.Combine(folder.FullName, "paper.pdf");
            return File.Exists(made) ? await File.ReadAllBytesAsync(made, cancel) : throw new Refusal("document.pdf-failed", 503);
        }
        finally
        {
            _one.Release();
            Remove(folder);
        }
    }

    public void Dispose() => _one.Dispose();

    private static async Task RunAsync(string program, string folder, string source, CancellationToken cancel)
    {
        using Process office = Process.Start(new ProcessStartInfo(program,
        [
            $"-env:UserInstallation={new Uri(Path.Combine(folder, "profile")).AbsoluteUri}", "--headless", "--norestore", "--nolockcheck", "--convert-to", "pdf",
            "--outdir", folder, source,
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        }) ?? throw new Refusal("document.pdf-failed", 503);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(s_limit);
        try
        {
            // Read to the end, or a full pipe holds the program up.
            await Task.WhenAll(office.StandardOutput.ReadToEndAsync(limit.Token), office.StandardError.ReadToEndAsync(limit.Token), office.WaitForExitAsync(limit.Token));
        }
        catch (OperationCanceledException)
        {
            office.Kill(entireProcessTree: true);
            cancel.ThrowIfCancellationRequested();
            throw new Refusal("document.pdf-failed", 503);
        }
    }

    private static void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // The program may still hold a file for a moment; the system's own cleaning takes the rest.
        }
    }
}
