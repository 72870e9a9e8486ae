using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Notices;

/// <summary>Notices and who reads on in them.</summary>
internal static class NoticeModel
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<Notice>(table =>
        {
            table.ToTable("notice");
            table.HasIndex(row => new { row.Role, row.Id });
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<NoticeRead>(table =>
        {
            table.ToTable("notice_read");
            table.HasKey(row => new { row.UserId, row.NoticeId });
        });
        model.Entity<NoticeDigest>(table =>
        {
            table.ToTable("notice_digest");
            table.HasKey(row => row.UserId);
            table.Property(row => row.UserId).ValueGeneratedNever();
            table.Property(row => row.Version).IsConcurrencyToken();
            table.HasOne<User>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<NoticeWebhook>(table =>
        {
            table.ToTable("notice_webhook");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.Property(row => row.Version).IsConcurrencyToken();
        });
    }
}
