# Opens a file or folder as it is, a link as the link itself, for a look and for a new access list. What is asked and set
# of it is that of the opened one, whatever stands under its name by then. Not called by the engine: Write-CMSyncAccess uses it.
function Open-CMSyncFile {
    [CmdletBinding()]
    [OutputType([object])]
    param(
        [Parameter(Mandatory = $true)]
        [string] $Path,

        # True where the owner is set too.
        [bool] $WithOwner
    )

    # The compiler of Windows PowerShell knows C# 5.
    $source = @'
using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

public sealed class CMSyncOpenedFile : IDisposable {
    const uint ReadControl = 0x20000, WriteList = 0x40000, WriteOwner = 0x80000, ReadAttributes = 0x80;
    const uint ShareAll = 7, OpenExisting = 3, Folders = 0x02000000, LinkItself = 0x00200000;
    const uint FolderAttribute = 0x10, ReparseAttribute = 0x400, LeadsElsewhere = 0x20000000;
    const int AttributesAndTag = 9;
    const uint Owner = 1, List = 4;

    readonly SafeFileHandle handle;

    public CMSyncOpenedFile(string path, bool withOwner) {
        uint access = ReadControl | WriteList | ReadAttributes | (withOwner ? WriteOwner : 0);
        handle = CreateFileW(path, access, ShareAll, IntPtr.Zero, OpenExisting, Folders | LinkItself, IntPtr.Zero);
        if (handle.IsInvalid) throw new Win32Exception(Marshal.GetLastWin32Error());
    }

    public bool IsFolder { get { return (Information()[0] & FolderAttribute) != 0; } }

    // Files of a volume with deduplication have such a mark too, and lead nowhere else.
    public bool IsLink {
        get {
            uint[] found = new uint[2];
            if (!GetFileInformationByHandleEx(handle, AttributesAndTag, found, 8)) throw new Win32Exception(Marshal.GetLastWin32Error());
            return (found[0] & ReparseAttribute) != 0 && (found[1] & LeadsElsewhere) != 0;
        }
    }

    public uint Names { get { return Information()[10]; } }

    public string FinalPath {
        get {
            StringBuilder text = new StringBuilder(32768);
            uint length = GetFinalPathNameByHandleW(handle, text, (uint) text.Capacity, 0);
            if (length == 0) throw new Win32Exception(Marshal.GetLastWin32Error());
            string path = text.ToString();
            if (path.StartsWith(@"\\?\UNC\", StringComparison.OrdinalIgnoreCase)) return @"\\" + path.Substring(8);
            return path.StartsWith(@"\\?\", StringComparison.Ordinal) ? path.Substring(4) : path;
        }
    }

    // Of this one alone: what lies below gets its own.
    public void Set(byte[] descriptor, bool withOwner) {
        uint what = List | (withOwner ? Owner : 0);
        if (!SetKernelObjectSecurity(handle, what, descriptor)) throw new Win32Exception(Marshal.GetLastWin32Error());
    }

    public void Dispose() { handle.Dispose(); }

    uint[] Information() {
        uint[] found = new uint[13];
        if (!GetFileInformationByHandle(handle, found)) throw new Win32Exception(Marshal.GetLastWin32Error());
        return found;
    }

    [DllImport("kernel32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    static extern SafeFileHandle CreateFileW(string path, uint access, uint share, IntPtr security, uint how, uint flags, IntPtr template);

    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    static extern bool GetFileInformationByHandle(SafeFileHandle file, [Out] uint[] information);

    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    static extern bool GetFileInformationByHandleEx(SafeFileHandle file, int kind, [Out] uint[] information, uint length);

    [DllImport("kernel32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    static extern uint GetFinalPathNameByHandleW(SafeFileHandle file, [Out] StringBuilder path, uint length, uint flags);

    [DllImport("advapi32.dll", ExactSpelling = true, SetLastError = true)]
    static extern bool SetKernelObjectSecurity(SafeFileHandle file, uint what, byte[] descriptor);
}
'@
    if (-not ('CMSyncOpenedFile' -as [type])) {
        # The package brings it compiled: where Dynamic Code Security holds, nothing can be compiled here.
        $compiled = Join-Path -Path $PSScriptRoot -ChildPath 'CMSyncOpenedFile.dll'
        $reason = ''
        if ([System.IO.File]::Exists($compiled)) {
            try { Add-Type -LiteralPath $compiled } catch { $reason = "$compiled was not loaded: $($_.Exception.Message) " }
        }
        if (-not ('CMSyncOpenedFile' -as [type])) {
            try { Add-Type -TypeDefinition $source } catch { throw "$reason$($_.Exception.Message)" }
        }
    }
    $write = {
        param([string] $Sddl)

        $descriptor = New-Object -TypeName System.Security.AccessControl.RawSecurityDescriptor -ArgumentList $Sddl
        # Without it the system forgets that entries were inherited.
        $kept = [System.Security.AccessControl.ControlFlags] 'DiscretionaryAclAutoInheritRequired, DiscretionaryAclAutoInherited'
        $descriptor.SetFlags($descriptor.ControlFlags -bor $kept)
        $bytes = New-Object -TypeName byte[] -ArgumentList $descriptor.BinaryLength
        $descriptor.GetBinaryForm($bytes, 0)
        $this.Set($bytes, $null -ne $descriptor.Owner)
    }
    New-Object -TypeName CMSyncOpenedFile -ArgumentList $Path, $WithOwner |
        Add-Member -MemberType ScriptMethod -Name Write -Value $write -PassThru
}
